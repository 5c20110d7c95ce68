import { afterAll, beforeAll, expect, test } from 'vitest'
import { board, greenhouseBoard } from '#tests/contract/ingest/board.ts'
import { removePlace, type Stack, type StackPlace, stackPlace, startStack, until } from '#tests/support/stack.ts'

let place: StackPlace
let stack: Stack
let site: Awaited<ReturnType<typeof board>>
const listed = [1, 2, 3]

beforeAll(async () => {
  site = await board(() => ({ body: greenhouseBoard(listed) }))
  place = await stackPlace()
  stack = await startStack(place, ['--empty'])
}, 300_000)
afterAll(async () => {
  await stack?.end('SIGTERM')
  removePlace(place)
  await site.stop()
})

async function call(path: string, json?: unknown) {
  const { apiUrl, users } = stack.profile()
  const admin = users.find(({ role, org }) => role === 'admin' && org === stack.profile().org)
  const login = await fetch(`${apiUrl}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: admin?.email, password: admin?.password }),
  })
  const { access_token } = await login.json()
  const answer = await fetch(`${apiUrl}${path}`, {
    method: json === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  })
  return answer.json()
}

const advance = async (duration: string): Promise<void> => {
  const { sandboxUrl } = stack.profile()
  const answer = await fetch(`${sandboxUrl}/_sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: duration }),
  })
  expect(answer.status).toBe(200)
}

test('a tick of the scheduler pulls a board that is due, a second one finds nothing new, and a closing date passes', async () => {
  const feed = await call('/v1/feeds', {
    name: 'Board',
    format: 'greenhouse',
    url: `${site.url}/jobs`,
    everyMinutes: 60,
  })
  const jobs = async () => (await call(`/v1/jobs?source=${feed.id}&status=open`)).items
  const health = async () => (await call(`/v1/feeds/${feed.id}`)).health
  await advance('PT15M')
  await until('the board was pulled', async () => (await jobs()).length === 3)
  await until('the pull was recorded', async () => (await health()).counts?.created === 3)

  await advance('PT1H')
  await until('it was pulled again', async () => (await health()).counts?.unchanged === 3)
  expect(await jobs()).toHaveLength(3)

  const [first] = await jobs()
  expect(first.correlationId).toMatch(/^[A-Za-z0-9_-]{8,64}$/)
  const closing = await call('/v1/jobs', {
    title: 'Short',
    closesOn: new Date(Date.parse(first.createdAt) + 86_400_000).toISOString().slice(0, 10),
  })
  expect(closing.status).toBe('open')
  await advance('P3D')
  await until('the closing date passed', async () => (await call(`/v1/jobs/${closing.id}`)).closedReason === 'expired')
})
