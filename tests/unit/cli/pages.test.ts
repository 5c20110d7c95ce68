import { expect, test } from 'vitest'
import { adflux } from './adflux.ts'
import type { Route } from './fake-api.ts'
import { sends, taughtApi } from './taught-api.ts'

const page: Route = () => ({ body: { items: [{ id: 'x' }], next: 'c2' } })

test.each<[string[], string, Record<string, string>]>([
  [
    ['jobs', 'list', '--status', 'open', '--company', 'Acme', '--source', 'push'],
    'GET /v1/jobs',
    { status: 'open', company: 'Acme', source: 'push' },
  ],
  [
    ['candidates', 'list', '--segment', 's1', '--limit', '7', '--cursor', 'c1'],
    'GET /v1/candidates',
    { segment: 's1', limit: '7', cursor: 'c1' },
  ],
  [
    ['applications', 'list', '--job', 'JOB-0001', '--stage', 'offer'],
    'GET /v1/applications',
    { job: 'JOB-0001', stage: 'offer' },
  ],
  [
    ['campaigns', 'list', '--status', 'active', '--job', 'JOB-0001'],
    'GET /v1/campaigns',
    { status: 'ACTIVE', job: 'JOB-0001' },
  ],
  [['feeds', 'list'], 'GET /v1/feeds', {}],
  [['connections', 'list'], 'GET /v1/connections', {}],
  [['schedules', 'list'], 'GET /v1/schedules', {}],
  [['tasks', 'list'], 'GET /v1/tasks', {}],
  [['notices', 'list', '--unread'], 'GET /v1/notices', { unread: 'true' }],
])('%j asks for one page', async (argv, route, query) => {
  const { code, document, sent } = await sends(argv, route, page)
  expect(code).toBe(0)
  expect(document).toEqual({ items: [{ id: 'x' }], next: 'c2' })
  expect(sent?.query).toEqual(query)
})

test('--all goes through every page', async () => {
  const api = await taughtApi({
    'GET /v1/jobs': ({ query }) => ({
      body: query.cursor ? { items: [{ id: 'b' }], next: null } : { items: [{ id: 'a' }], next: 'c2' },
    }),
  })
  const { stdout } = await adflux(['jobs', 'list', '--all', '--json'], { env: api.env })
  expect(JSON.parse(stdout)).toEqual({ items: [{ id: 'a' }, { id: 'b' }], next: null })
  expect(api.seen.map((r) => r.query)).toEqual([{ limit: '200' }, { limit: '200', cursor: 'c2' }])
})

test('data create tells what is there, as often as it is asked', async () => {
  const api = await taughtApi({
    'GET /v1/me': () => ({ body: { org: 'demo', role: null } }),
    'GET /v1/jobs': () => ({ body: { items: Array(200).fill({}), next: 'more' } }),
    ...Object.fromEntries(
      ['candidates', 'applications', 'campaigns', 'segments', 'feeds', 'connections'].map((kind) => [
        `GET /v1/${kind}`,
        () => ({ body: { items: [{}] } }),
      ]),
    ),
  })
  for (let time = 0; time < 2; time++) {
    const { code, stdout } = await adflux(['data', 'create', '--json'], { env: api.env })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      org: 'demo',
      ready: true,
      jobs: { count: 200, exact: false },
      feeds: { count: 1, exact: true },
    })
  }
})
