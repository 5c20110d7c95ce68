import { expect, test } from 'vitest'
import { sends } from './taught-api.ts'

test.each<[string[], string, unknown]>([
  [['jobs', 'view', 'JOB-0001'], 'GET /v1/jobs/JOB-0001', undefined],
  [['jobs', 'view', '--id', 'a/b?c'], 'GET /v1/jobs/a/b?c', undefined],
  [['jobs', 'close', 'JOB-0001', '--reason', 'filled'], 'POST /v1/jobs/JOB-0001/close', { reason: 'filled' }],
  [
    ['jobs', 'reopen', '--id', 'JOB-0001', '--closes-on', '2027-01-01'],
    'POST /v1/jobs/JOB-0001/reopen',
    { closesOn: '2027-01-01' },
  ],
  [['candidates', 'view', 'CAND-0001'], 'GET /v1/candidates/CAND-0001', undefined],
  [['candidates', 'segment'], 'POST /v1/candidates/segment', {}],
  [
    ['applications', 'create', '--job', 'JOB-0001', '--candidate', 'CAND-0001', '--click-token', 't.s'],
    'POST /v1/applications',
    { job: 'JOB-0001', candidate: 'CAND-0001', clickToken: 't.s' },
  ],
  [['applications', 'move', 'APP-0001', 'interview'], 'POST /v1/applications/APP-0001/move', { stage: 'interview' }],
  [['applications', 'move', '--id', 'APP-0001', 'offer'], 'POST /v1/applications/APP-0001/move', { stage: 'offer' }],
  [
    ['applications', 'move', '--id', 'APP-0001', '--stage', 'hired'],
    'POST /v1/applications/APP-0001/move',
    { stage: 'hired' },
  ],
  [['ml', 'train', '--clusters', '5', '--seed', '42'], 'POST /v1/models/train', { clusters: 5, seed: 42 }],
  [['ml', 'train'], 'POST /v1/models/train', {}],
  [
    ['ml', 'predict', '--model', 'v1', '--candidate', 'CAND-0001'],
    'POST /v1/models/predict',
    { model: 'v1', candidate: 'CAND-0001' },
  ],
  [['ml', 'analyze'], 'GET /v1/models/analysis', undefined],
  [['feeds', 'pull', 'f1'], 'POST /v1/feeds/f1/pull', {}],
  [['connections', 'check', 'meta'], 'POST /v1/connections/meta/check', {}],
  [
    ['schedules', 'set', 'schedule-sync', '--cron', '0 3 * * *', '--time-zone', 'America/Bogota', '--pause'],
    'PUT /v1/schedules/schedule-sync',
    { cron: '0 3 * * *', timeZone: 'America/Bogota', paused: true },
  ],
  [['schedules', 'set', 'schedule-sync', '--resume'], 'PUT /v1/schedules/schedule-sync', { paused: false }],
  [['notices', 'read', 'ntc_1'], 'POST /v1/notices/ntc_1/read', {}],
  [['tasks', 'redrive', 'dl_1'], 'POST /v1/tasks/dl_1/redrive', {}],
])('%j', async (argv, route, body) => {
  const answer = { id: 'x', received: 1, rejected: 0, problems: [], segments: [] }
  const { code, document, sent } = await sends(argv, route, () => ({ body: answer }))
  expect(code).toBe(0)
  expect(document).toEqual(answer)
  expect(sent?.body).toEqual(body)
})
