/** A body that the schema accepts, where a route takes one: what is refused is then refused for its caller. */
export const BODIES: Record<string, object> = {
  'post /v1/jobs': {
    externalId: 'x-1',
    title: 'X',
    description: 'x',
    location: { city: 'Lima', country: 'PE' },
    applyUrl: 'https://jobs.example.com/x',
  },
  'patch /v1/jobs/{id}': { title: 'X' },
  'post /v1/candidates': { skills: ['sql'] },
  'patch /v1/candidates/{id}': { skills: ['sql'] },
  'post /v1/applications': { job: 'JOB-0001', candidate: 'CAND-0001' },
  'post /v1/applications/{id}/move': { stage: 'screening' },
  'post /v1/campaigns': {
    job: 'JOB-0001',
    platform: 'meta',
    dailyBudget: { amount: '20', currency: 'USD' },
    end: '2099-01-01',
  },
  'patch /v1/campaigns/{id}': { dailyBudget: { amount: '21', currency: 'USD' } },
  'post /v1/copy': { job: 'JOB-0001' },
  'post /v1/feeds': { name: 'x', format: 'native' },
  'patch /v1/feeds/{id}': { name: 'x' },
  'put /v1/connections/{platform}': { accountId: '1', token: 'EAAsomething', settings: {} },
  'post /v1/sync': { platform: 'meta' },
  'put /v1/schedules/{id}': { paused: false },
  'post /v1/kill-switch': { state: 'stopped', why: 'A drill' },
  'patch /v1/organisation': { dailyCap: null },
}
/** Shared by all organisations, or not about an entity: no id of another organisation can be named there. */
export const WITHOUT_TENANT_ID = [
  '/v1/schedules/{id}',
  '/v1/connections/{platform}',
  '/v1/connections/{platform}/check',
]
