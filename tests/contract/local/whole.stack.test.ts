import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PubSub } from '@google-cloud/pubsub'
import { afterAll, afterEach, expect, test } from 'vitest'
import { portsFrom } from '#local/stack/ports.ts'
import {
  profileFile,
  removePlace,
  type Stack,
  stackPlace,
  startRefused,
  startStack,
  survivors,
  until,
} from '#tests/support/stack.ts'

const place = await stackPlace()
const ports = portsFrom(place.base)
let running: Stack | undefined

afterEach(async () => {
  await running?.end('SIGTERM')
  running = undefined
})

afterAll(() => removePlace(place))

const firestore = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${ports.firestore}/v1/projects/demo-adflux/databases/(default)/documents/${path}`, {
    ...init,
    headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
  })

const write = (path: string, mark: string) =>
  firestore(path, { method: 'PATCH', body: JSON.stringify({ fields: { mark: { stringValue: mark } } }) })

const markOf = async (path: string) => (await (await firestore(path)).json()).fields?.mark?.stringValue

async function signIn({ email, password }: { email: string; password: string }) {
  const url = `http://127.0.0.1:${ports.auth}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=local`
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, returnSecureToken: true }),
  })
  const { idToken, error } = await answer.json()
  if (error) throw new Error(error.message)
  return JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url').toString())
}

test('one command brings everything up, killed processes come back, a second start is refused, the end leaves nobody', async () => {
  const first = await startStack(place)
  running = first
  const profile = first.profile()

  expect(statSync(profileFile(place)).mode & 0o777).toBe(0o600)
  expect(profile).toMatchObject({
    consoleUrl: `http://127.0.0.1:${place.base}`,
    apiUrl: `http://127.0.0.1:${place.base + 1}/api`,
    ingestUrl: `http://127.0.0.1:${place.base + 1}/ingest-jobs`,
    sandboxUrl: `http://127.0.0.1:${place.base + 2}`,
    org: 'demo',
  })
  expect(first.printed()).toMatch(/^AdFlux is ready/m)
  expect(first.printed().match(/curl .*\/ingest-jobs\/v1\/jobs/g)).toHaveLength(2)
  for (const user of profile.users) {
    expect(await signIn(user)).toMatchObject({ email: user.email, org: user.org, role: user.role, cv: 1 })
  }
  expect((await firestore('orgs/demo')).status).toBe(200)
  expect((await firestore('orgs/acme')).status).toBe(200)
  const signedIn = await fetch(`${profile.consoleUrl}/local/signin?user=recruiter`, { redirect: 'manual' })
  expect(signedIn.headers.get('location')).toMatch(/^\/signin#token=ey/)

  const [subscriptions] = await pubsub().getSubscriptions()
  const pushes = subscriptions.map(({ metadata }) => metadata?.pushConfig?.pushEndpoint)
  expect(pushes).toContain(`http://127.0.0.1:${ports.host}/events/sweep?topic=tick-sweep`)

  const { host = 0 } = profile.pids
  process.kill(host, 'SIGKILL')
  await until('another host runs', async () => first.profile().pids.host !== host)
  await until('the new host answers', () => answers(`http://127.0.0.1:${ports.host}/_host/functions`))

  const { cloud = 0 } = first.profile().pids
  process.kill(cloud, 'SIGKILL')
  await until('another cloud process runs', async () => first.profile().pids.cloud !== cloud)
  await until('the sandbox answers again', () => answers(`${profile.sandboxUrl}/_sandbox/books`))

  const second = await startRefused(place)
  expect([second.code, second.printed]).toEqual([1, expect.stringContaining(`already running on port ${place.base}`)])
  const beside = await stackPlace()
  const busy = await startRefused({ ...beside, base: place.base })
  expect([busy.code, busy.printed]).toEqual([1, expect.stringContaining(`${place.base} (console)`)])
  removePlace(beside)

  const pids = Object.values(first.profile().pids)
  expect(pids.length).toBeGreaterThanOrEqual(7)
  expect(await first.end('SIGTERM')).toBe(0)
  expect(await survivors(pids, 0)).toEqual([])
  expect(existsSync(profileFile(place))).toBe(false)
})

test('documents, users and keys outlive an orderly end, and even a killed supervisor, whose children do not', async () => {
  const first = await startStack(place)
  running = first
  const profile = first.profile()
  await write('orgs/demo/control/first', 'kept over an orderly end')
  expect(await first.end('SIGINT')).toBe(0)

  const second = await startStack(place)
  running = second
  expect(await markOf('orgs/demo/control/first')).toBe('kept over an orderly end')
  expect(second.profile().users).toEqual(profile.users)
  expect(second.profile().apiKey).toBe(profile.apiKey)
  expect(await signIn(profile.users[0] ?? { email: '', password: '' })).toMatchObject({ role: 'admin' })
  await write('orgs/demo/control/second', 'kept over a kill')
  const orphans = Object.values(second.profile().pids)
  await second.end('SIGKILL')
  expect(await survivors(orphans, 60_000)).toEqual([])

  running = await startStack(place)
  expect(await markOf('orgs/demo/control/second')).toBe('kept over a kill')
})

test('an emulator that dies ends the whole stack and is named', async () => {
  const stack = await startStack(place)
  running = stack
  const { pids } = stack.profile()
  process.kill(pids.pubsub ?? 0, 'SIGKILL')
  await until('the stack has ended', async () => (await survivors(Object.values(pids), 0)).length === 0)
  expect(await stack.end('SIGTERM')).toBe(1)
  expect(stack.printed()).toContain('The pubsub emulator ended with signal SIGKILL')
})

test('what is missing is named with the line that installs it, and nothing is left running', async () => {
  const noJava = await startRefused(place, [], { PATH: '', JAVA_HOME: '' })
  expect([noJava.code, noJava.printed]).toEqual([1, expect.stringMatching(/Java was not found[\s\S]*apt-get install/)])
  const noJar = await startRefused(place, [], { FIRESTORE_EMULATOR_JAR: join(place.folder, 'none.jar') })
  expect([noJar.code, noJar.printed]).toEqual([1, expect.stringContaining('FIRESTORE_EMULATOR_JAR points to')])
})

const pubsub = () =>
  new PubSub({ projectId: 'demo-adflux', emulatorMode: true, apiEndpoint: `127.0.0.1:${ports.pubsub}` })

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
