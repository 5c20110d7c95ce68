import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CloudTasksClient } from '@google-cloud/tasks'
import { status } from '@grpc/grpc-js'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { StackClock } from '#local/clock.ts'
import { startTasks, type TasksOptions } from '#local/tasks/start-tasks.ts'
import { localSigner, startJwks } from '#local/tokens.ts'
import { aWhile, clientOptions, eventually, frozenClock, stateFolder, target } from '#tests/contract/local/world.ts'

const LOCATION = 'projects/demo-adflux/locations/us-central1'
const QUEUE = `${LOCATION}/queues/publish-meta`
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const WEEK = 7 * 24 * HOUR

type QueueInput = Parameters<CloudTasksClient['createQueue']>[0] extends infer R
  ? NonNullable<NonNullable<R> extends { queue?: infer Q } ? Q : never>
  : never

interface Running {
  client: CloudTasksClient
  port: number
  stop(): Promise<void>
}

async function run(folder: string, clock: StackClock, extra: Partial<TasksOptions> = {}): Promise<Running> {
  const signer = await localSigner(join(folder, 'key.json'))
  const server = await startTasks({ port: 0, stateFile: join(folder, 'tasks.jsonl'), clock, signer, ...extra })
  const client = new CloudTasksClient(clientOptions(server.port))
  let stopped = false
  const stop = async (): Promise<void> => {
    if (stopped) return
    stopped = true
    await client.close()
    await server.stop()
  }
  onTestFinished(stop)
  return { client, port: server.port, stop }
}

async function world(queue: QueueInput = {}, extra: Partial<TasksOptions> = {}) {
  const folder = stateFolder()
  const clock = frozenClock(folder)
  const { client, port, stop } = await run(folder, clock, extra)
  await client.createQueue({ parent: LOCATION, queue: { name: QUEUE, ...queue } })
  return { folder, clock, client, port, stop, restart: () => stop().then(() => run(folder, clock, extra)) }
}

const secondsOf = (time: { seconds?: unknown; nanos?: number | null } | null | undefined): number =>
  Number(time?.seconds) + (time?.nanos ?? 0) / 1e9
const inMs = (clock: StackClock, ms: number) => ({ seconds: Math.ceil((clock.now() + ms) / 1000) })
const add = async (client: CloudTasksClient, url: string, task: object = {}, httpRequest: object = {}) =>
  (await client.createTask({ parent: QUEUE, task: { httpRequest: { url, ...httpRequest }, ...task } }))[0]
const names = async (client: CloudTasksClient): Promise<string[]> =>
  (await client.listTasks({ parent: QUEUE }))[0].map(({ name }) => name?.split('/').at(-1) ?? '')

describe('a task', () => {
  test('is sent with its method, headers and body and the headers of Cloud Tasks, then is gone', async () => {
    const { client } = await world()
    const { hits, url } = await target()
    const created = await add(
      client,
      `${url}/publish?x=1`,
      { name: `${QUEUE}/tasks/one` },
      {
        httpMethod: 'PUT',
        headers: {
          'Content-Type': 'application/json',
          'X-Trace': 't1',
          'User-Agent': 'mine',
          'X-CloudTasks-TaskName': 'no',
        },
        body: Buffer.from('{"ñ":1}'),
      },
    )
    expect(created).toMatchObject({ name: `${QUEUE}/tasks/one`, view: 'BASIC', httpRequest: { httpMethod: 'PUT' } })
    expect(secondsOf(created.dispatchDeadline)).toBe(600)
    await eventually(() => expect(hits).toHaveLength(1))
    expect(hits[0]).toMatchObject({ method: 'PUT', path: '/publish?x=1', body: '{"ñ":1}' })
    expect(hits[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-trace': 't1',
      'user-agent': 'Google-Cloud-Tasks',
      'x-cloudtasks-queuename': 'publish-meta',
      'x-cloudtasks-taskname': 'one',
      'x-cloudtasks-taskretrycount': '0',
      'x-cloudtasks-taskexecutioncount': '0',
    })
    expect(Number(hits[0]?.headers['x-cloudtasks-tasketa'])).toBeCloseTo(secondsOf(created.scheduleTime), 2)
    expect(hits[0]?.headers).not.toHaveProperty('x-cloudtasks-taskpreviousresponse')
    await eventually(async () => expect(await names(client)).toEqual([]))
    await expect(client.getTask({ name: `${QUEUE}/tasks/one` })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('shows its body only in the full view', async () => {
    const { client } = await world()
    await client.pauseQueue({ name: QUEUE })
    const { name } = await add(client, 'http://127.0.0.1:1/', {}, { body: Buffer.from('hello') })
    const [basic] = await client.getTask({ name: name ?? '' })
    const [full] = await client.getTask({ name: name ?? '', responseView: 'FULL' })
    expect(basic.httpRequest?.body).toHaveLength(0)
    expect(Buffer.from(full.httpRequest?.body ?? '').toString()).toBe('hello')
  })

  test('carries an identity token of the service account, verifiable against the local key set', async () => {
    const { client, folder } = await world()
    const jwks = await startJwks({ port: 0, signer: await localSigner(join(folder, 'key.json')) })
    onTestFinished(() => jwks.stop())
    const { hits, url } = await target()
    const email = 'tasks@demo-adflux.iam.gserviceaccount.com'
    const headers = { authorization: 'Bearer forged' }
    await add(client, `${url}/a`, {}, { headers, oidcToken: { serviceAccountEmail: email, audience: 'https://fn' } })
    await add(client, `${url}/b`, {}, { oidcToken: { serviceAccountEmail: email } })
    await eventually(() => expect(hits).toHaveLength(2))
    const keys = createRemoteJWKSet(new URL(jwks.url))
    const verify = (path: string, audience: string) => {
      const token = hits.find((hit) => hit.path === path)?.headers.authorization?.replace('Bearer ', '') ?? ''
      return jwtVerify(token, keys, { issuer: 'https://accounts.google.com', audience, algorithms: ['RS256'] })
    }
    const { payload, protectedHeader } = await verify('/a', 'https://fn')
    expect(payload).toMatchObject({ email, email_verified: true })
    expect(protectedHeader.kid).toBeTruthy()
    await verify('/b', `${url}/b`)
    await expect(verify('/b', 'https://other')).rejects.toThrow()
  })

  test('is refused with the code and reason that Cloud Tasks gives', async () => {
    const { client, clock } = await world()
    const refused = async (task: object, httpRequest: object, code: number, reason: RegExp) =>
      expect(add(client, 'http://127.0.0.1:1/', task, httpRequest)).rejects.toMatchObject({
        code,
        details: expect.stringMatching(reason),
      })
    await refused({}, { url: 'ftp://x' }, status.INVALID_ARGUMENT, /http:\/\//)
    await refused({ name: 'tasks/x' }, {}, status.INVALID_ARGUMENT, /task.name/)
    await refused({ name: `${QUEUE}/tasks/with space` }, {}, status.INVALID_ARGUMENT, /letters/)
    await refused({ name: `${QUEUE}-other/tasks/x` }, {}, status.INVALID_ARGUMENT, /task.name/)
    await refused({ dispatchDeadline: { seconds: 1 } }, {}, status.INVALID_ARGUMENT, /15 s/)
    await refused({ dispatchDeadline: { seconds: 1801 } }, {}, status.INVALID_ARGUMENT, /30 min/)
    await refused({ scheduleTime: inMs(clock, 31 * 24 * HOUR) }, {}, status.INVALID_ARGUMENT, /30 days/)
    await refused({}, { httpMethod: 'GET', body: Buffer.from('x') }, status.INVALID_ARGUMENT, /body/)
    await refused({}, { body: Buffer.alloc(110_000) }, status.INVALID_ARGUMENT, /100 KB/)
    await refused({}, { headers: { 'bad header': 'x' } }, status.INVALID_ARGUMENT, /header/)
    await refused({}, { oidcToken: { audience: 'x' } }, status.INVALID_ARGUMENT, /service_account_email/)
    await refused({}, { oauthToken: { serviceAccountEmail: 'x@y' } }, status.UNIMPLEMENTED, /oidc_token/)
    const elsewhere = { parent: `${QUEUE}-other`, task: { httpRequest: { url: 'http://127.0.0.1:1/' } } }
    await expect(client.createTask(elsewhere)).rejects.toMatchObject({ code: status.NOT_FOUND })
    await expect(client.createTask({ ...elsewhere, parent: 'nonsense' })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    })
    expect(await names(client)).toEqual([])
  })

  test('waits for its schedule time; a clock that jumps a week makes it due at once', async () => {
    const { client, clock } = await world()
    const { hits, url } = await target()
    await add(client, `${url}/later`, { scheduleTime: inMs(clock, WEEK) })
    await add(client, `${url}/sooner`, { scheduleTime: inMs(clock, HOUR) })
    await aWhile()
    expect(hits).toEqual([])
    clock.advance(HOUR + 1000)
    await eventually(() => expect(hits.map((hit) => hit.path)).toEqual(['/sooner']))
    clock.advance(WEEK)
    await eventually(() => expect(hits.map((hit) => hit.path)).toEqual(['/sooner', '/later']))
  })

  test('is listed page by page, and a page is not disturbed by what is deleted meanwhile', async () => {
    const { client } = await world()
    await client.pauseQueue({ name: QUEUE })
    const ids = ['a', 'b', 'c', 'd', 'e']
    for (const id of ids) await add(client, 'http://127.0.0.1:1/', { name: `${QUEUE}/tasks/${id}` })
    expect(await names(client)).toEqual(ids)
    const manually = { autoPaginate: false }
    const [first, , { nextPageToken }] = await client.listTasks({ parent: QUEUE, pageSize: 2 }, manually)
    expect(first.map(({ name }) => name?.at(-1))).toEqual(['a', 'b'])
    await client.deleteTask({ name: `${QUEUE}/tasks/b` })
    const [second] = await client.listTasks({ parent: QUEUE, pageSize: 2, pageToken: nextPageToken ?? '' }, manually)
    expect(second.map(({ name }) => name?.at(-1))).toEqual(['c', 'd'])
    const madeUp = client.listTasks({ parent: QUEUE, pageToken: 'made-up' }, manually)
    await expect(madeUp).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })
})

describe('a name', () => {
  test('is taken while its task lives and for an hour after it ran or was deleted', async () => {
    const { client, clock } = await world()
    const { hits, url } = await target()
    const again = () => add(client, url, { name: `${QUEUE}/tasks/same`, scheduleTime: inMs(clock, MINUTE) })
    await again()
    await expect(again()).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    clock.advance(2 * MINUTE)
    await eventually(() => expect(hits).toHaveLength(1))
    await eventually(async () => expect(await names(client)).toEqual([]))
    await expect(again()).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    clock.advance(HOUR - MINUTE)
    await expect(again()).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    clock.advance(2 * MINUTE)
    await again()

    await client.deleteTask({ name: `${QUEUE}/tasks/same` })
    await expect(client.deleteTask({ name: `${QUEUE}/tasks/same` })).rejects.toMatchObject({ code: status.NOT_FOUND })
    await expect(again()).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    clock.advance(HOUR + 1)
    await again()
    await aWhile()
    expect(hits).toHaveLength(1)
  })
})

describe('a failed attempt', () => {
  const retryConfig = { minBackoff: { seconds: 10 }, maxBackoff: { seconds: 300 }, maxDoublings: 3 }

  test('is repeated after 10, 20, 40, 80, 160, 240, 300, 300 s, and says what came before', async () => {
    const { client, clock } = await world({ retryConfig: { ...retryConfig, maxAttempts: 20 } })
    const { hits, url } = await target((hit) => (hit.headers['x-cloudtasks-taskretrycount'] === '2' ? 404 : 500))
    const { name } = await add(client, url)
    const waits: number[] = []
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await eventually(() => expect(hits).toHaveLength(attempt))
      const due = await eventuallyDue(client, name, clock)
      waits.push(due - clock.now() / 1000)
      await aWhile()
      expect(hits).toHaveLength(attempt)
      clock.advance(due * 1000 - clock.now())
    }
    expect(waits.map(Math.round)).toEqual([10, 20, 40, 80, 160, 240, 300, 300])
    await eventually(() => expect(hits).toHaveLength(9))
    const seen = hits.map(({ headers }) => [
      headers['x-cloudtasks-taskretrycount'],
      headers['x-cloudtasks-taskexecutioncount'],
      headers['x-cloudtasks-taskpreviousresponse'],
    ])
    expect(seen.slice(0, 5)).toEqual([
      ['0', '0', undefined],
      ['1', '0', '500'],
      ['2', '0', '500'],
      ['3', '1', '404'],
      ['4', '1', '500'],
    ])
    expect(hits[1]?.headers['x-cloudtasks-taskretryreason']).toMatch(/500/)
  })

  test('is not repeated once the attempts are used up, and its name stays taken', async () => {
    const logged: string[] = []
    const log = (message: string) => void logged.push(message)
    const { client, clock } = await world({ retryConfig: { ...retryConfig, maxAttempts: 3 } }, { log })
    const { hits, url } = await target(() => 503)
    const { name } = await add(client, url, { name: `${QUEUE}/tasks/doomed` })
    for (const attempt of [1, 2]) {
      await eventually(() => expect(hits).toHaveLength(attempt))
      await eventuallyDue(client, name, clock)
      clock.advance(HOUR)
    }
    await eventually(() => expect(hits).toHaveLength(3))
    await eventually(async () => expect(await names(client)).toEqual([]))
    clock.advance(10 * MINUTE)
    await aWhile()
    expect(hits).toHaveLength(3)
    expect(logged).toEqual([expect.stringContaining('doomed')])
    await expect(add(client, url, { name: `${QUEUE}/tasks/doomed` })).rejects.toMatchObject({
      code: status.ALREADY_EXISTS,
    })
  })

  test('is repeated until both the attempts and the duration are used up', async () => {
    const { client, clock } = await world({
      retryConfig: { ...retryConfig, maxAttempts: 2, maxRetryDuration: { seconds: 60 } },
    })
    const { hits, url } = await target(() => 500)
    const { name } = await add(client, url)
    await eventually(() => expect(hits).toHaveLength(1))
    await eventuallyDue(client, name, clock)
    clock.advance(10_000)
    await eventually(() => expect(hits).toHaveLength(2))
    await eventuallyDue(client, name, clock)
    clock.advance(60_000)
    await eventually(() => expect(hits).toHaveLength(3))
    await eventually(async () => expect(await names(client)).toEqual([]))
  })

  test('is repeated without end when the attempts are unlimited (-1), or until the duration passed', async () => {
    const { client, clock } = await world({ retryConfig: { ...retryConfig, maxAttempts: -1 } })
    const { hits, url } = await target(() => 500)
    const { name } = await add(client, url)
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await eventually(() => expect(hits).toHaveLength(attempt))
      await eventuallyDue(client, name, clock)
      clock.advance(5 * MINUTE)
    }
    await client.updateQueue({
      queue: { name: QUEUE, retryConfig: { maxRetryDuration: { seconds: 60 } } },
      updateMask: { paths: ['retry_config.max_retry_duration'] },
    })
    clock.advance(5 * MINUTE)
    await eventually(async () => expect(await names(client)).toEqual([]))
  })

  test('waits as long as a 503 asks with Retry-After', async () => {
    const { client, clock } = await world({ retryConfig })
    const { hits, url } = await target((_, response) => {
      response.setHeader('retry-after', '120')
      return 503
    })
    const { name } = await add(client, url)
    await eventually(() => expect(hits).toHaveLength(1))
    expect((await eventuallyDue(client, name, clock)) - clock.now() / 1000).toBeCloseTo(120, 2)
  })

  test('is one that nobody answered: no server, or none within the dispatch deadline', async () => {
    const asked: number[] = []
    const deadline = (ms: number) => {
      asked.push(ms)
      return AbortSignal.timeout(50)
    }
    const { client, clock } = await world({ retryConfig }, { deadline })
    const silent = await target(() => undefined)
    const gone = await target()
    await gone.stop()
    const { name: late } = await add(client, silent.url, { dispatchDeadline: { seconds: 15 } })
    const { name: lost } = await add(client, gone.url)
    await eventuallyDue(client, late, clock)
    await eventuallyDue(client, lost, clock)
    expect(asked.sort()).toEqual([15_000, 600_000])
    const [lateTask] = await client.getTask({ name: late ?? '' })
    const [lostTask] = await client.getTask({ name: lost ?? '' })
    expect(lateTask).toMatchObject({
      dispatchCount: 1,
      responseCount: 0,
      lastAttempt: { responseStatus: { code: status.DEADLINE_EXCEEDED } },
    })
    expect(lostTask.lastAttempt?.responseStatus?.code).toBe(status.UNAVAILABLE)
    expect(lostTask.firstAttempt?.dispatchTime).toBeTruthy()
  })
})

/** The time (s) at which the task waits to be sent again. */
async function eventuallyDue(client: CloudTasksClient, name: string | null | undefined, clock: StackClock) {
  let due = 0
  await eventually(async () => {
    const [task] = await client.getTask({ name: name ?? '' })
    due = secondsOf(task.scheduleTime)
    expect(due * 1000).toBeGreaterThan(clock.now())
  })
  return due
}

describe('a queue', () => {
  test('sends no more at once than it allows', async () => {
    const { client } = await world({ rateLimits: { maxConcurrentDispatches: 3 } })
    const held: (() => void)[] = []
    const { hits, url } = await target((_, response) => {
      held.push(() => response.writeHead(200).end())
      return undefined
    })
    for (let n = 0; n < 8; n += 1) await add(client, url)
    await eventually(() => expect(hits).toHaveLength(3))
    await aWhile()
    expect(hits).toHaveLength(3)
    held.shift()?.()
    await eventually(() => expect(hits).toHaveLength(4))
    await aWhile()
    expect(hits).toHaveLength(4)
    for (let released = 1; released < 8; released += 1) {
      await eventually(() => expect(held.length).toBeGreaterThan(0))
      held.shift()?.()
    }
    await eventually(async () => expect(await names(client)).toEqual([]))
    expect(hits).toHaveLength(8)
  })

  test('sends a burst, then no faster than its rate; a higher rate takes effect at once', async () => {
    let real = 0
    const { client } = await world({ rateLimits: { maxDispatchesPerSecond: 5 } }, { realNow: () => real })
    const [{ rateLimits }] = await client.getQueue({ name: QUEUE })
    expect(rateLimits).toMatchObject({ maxBurstSize: 10, maxConcurrentDispatches: 1000 })
    const { hits, url } = await target()
    for (let n = 0; n < 30; n += 1) await add(client, url)
    await eventually(() => expect(hits).toHaveLength(10))
    await aWhile()
    expect(hits).toHaveLength(10)
    real += 1000
    await eventually(() => expect(hits).toHaveLength(15))
    await aWhile()
    expect(hits).toHaveLength(15)
    await client.updateQueue({
      queue: { name: QUEUE, rateLimits: { maxDispatchesPerSecond: 500 } },
      updateMask: { paths: ['rate_limits.max_dispatches_per_second'] },
    })
    real += 100
    await eventually(() => expect(hits).toHaveLength(30))
  })

  test('sends nothing while paused, but takes tasks; a forced task runs all the same', async () => {
    const { client } = await world()
    const { hits, url } = await target()
    expect((await client.pauseQueue({ name: QUEUE }))[0].state).toBe('PAUSED')
    await add(client, `${url}/waits`)
    const { name } = await add(client, `${url}/forced`)
    const [forced] = await client.runTask({ name: name ?? '' })
    expect(forced.dispatchCount).toBe(1)
    await eventually(() => expect(hits.map((hit) => hit.path)).toEqual(['/forced']))
    await aWhile()
    expect(hits).toHaveLength(1)
    await expect(client.runTask({ name: name ?? '' })).rejects.toMatchObject({ code: status.NOT_FOUND })
    expect((await client.resumeQueue({ name: QUEUE }))[0].state).toBe('RUNNING')
    await eventually(() => expect(hits.map((hit) => hit.path)).toEqual(['/forced', '/waits']))
  })

  test('forgets every task when purged, even one under way that fails later', async () => {
    const { client, clock } = await world()
    let fail: (() => void) | undefined
    const { hits, url } = await target((_, response) => {
      fail = () => response.writeHead(500).end()
      return undefined
    })
    await add(client, url)
    await add(client, url, { scheduleTime: inMs(clock, HOUR) })
    await eventually(() => expect(hits).toHaveLength(1))
    expect((await client.purgeQueue({ name: QUEUE }))[0].purgeTime).toBeTruthy()
    expect(await names(client)).toEqual([])
    fail?.()
    await aWhile()
    clock.advance(2 * HOUR)
    await aWhile()
    expect(hits).toHaveLength(1)
    expect(await names(client)).toEqual([])
  })

  test('is created with defaults, changed by mask, listed by name and deleted for a week', async () => {
    const { client, clock } = await world()
    const [created] = await client.getQueue({ name: QUEUE })
    expect(created).toMatchObject({
      state: 'RUNNING',
      rateLimits: { maxDispatchesPerSecond: 500, maxBurstSize: 100, maxConcurrentDispatches: 1000 },
      retryConfig: { maxAttempts: 100, maxDoublings: 16, minBackoff: { nanos: 100_000_000 } },
    })
    await client.pauseQueue({ name: QUEUE })
    const [changed] = await client.updateQueue({
      queue: { name: QUEUE, retryConfig: { maxAttempts: 8 }, rateLimits: { maxConcurrentDispatches: 2 } },
      updateMask: { paths: ['retry_config.max_attempts'] },
    })
    expect(changed).toMatchObject({
      state: 'PAUSED',
      rateLimits: { maxConcurrentDispatches: 1000 },
      retryConfig: { maxAttempts: 8, maxDoublings: 16 },
    })
    const upserted = { name: `${LOCATION}/queues/another`, rateLimits: { maxConcurrentDispatches: 4 } }
    expect((await client.updateQueue({ queue: upserted }))[0].rateLimits?.maxConcurrentDispatches).toBe(4)
    const [listed] = await client.listQueues({ parent: LOCATION })
    expect(listed.map(({ name }) => name)).toEqual([upserted.name, QUEUE])

    await client.deleteQueue({ name: QUEUE })
    await expect(client.getQueue({ name: QUEUE })).rejects.toMatchObject({ code: status.NOT_FOUND })
    const recreate = () => client.createQueue({ parent: LOCATION, queue: { name: QUEUE } })
    await expect(recreate()).rejects.toMatchObject({ code: status.FAILED_PRECONDITION })
    clock.advance(WEEK + 1)
    await recreate()
    await expect(recreate()).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
  })

  test('refuses limits, names and masks that Cloud Tasks refuses', async () => {
    const { client } = await world()
    const refused = (queue: object) =>
      expect(client.updateQueue({ queue: { name: QUEUE, ...queue } })).rejects.toMatchObject({
        code: status.INVALID_ARGUMENT,
      })
    await refused({ rateLimits: { maxDispatchesPerSecond: 501 } })
    await refused({ rateLimits: { maxConcurrentDispatches: 5001 } })
    await refused({ retryConfig: { maxAttempts: -2 } })
    await refused({ retryConfig: { minBackoff: { seconds: 9 }, maxBackoff: { seconds: 8 } } })
    await refused({ name: `${LOCATION}/queues/with_underscore` })
    await refused({ name: 'queues/x' })
    const unknown = client.updateQueue({ queue: { name: QUEUE }, updateMask: { paths: ['retryConfig'] } })
    await expect(unknown).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })
})

describe('after a restart', () => {
  test('every accepted task, limit and taken name is still there, and what was under way is sent again', async () => {
    const { client, clock, restart } = await world({ retryConfig: { maxAttempts: 7, minBackoff: { seconds: 10 } } })
    let alive = false
    const { hits, url } = await target((hit) => (hit.path === '/fails' ? 500 : alive ? 200 : undefined))
    await client.updateQueue({ queue: { name: `${LOCATION}/queues/paused` } })
    await client.pauseQueue({ name: `${LOCATION}/queues/paused` })
    await add(client, `${url}/under-way`, { name: `${QUEUE}/tasks/under-way` }, { body: Buffer.from([0, 255, 10]) })
    await add(client, `${url}/later`, { name: `${QUEUE}/tasks/later`, scheduleTime: inMs(clock, HOUR) })
    const { name: failing } = await add(client, `${url}/fails`, { name: `${QUEUE}/tasks/fails` })
    await add(client, `${url}/gone`, { name: `${QUEUE}/tasks/gone`, scheduleTime: inMs(clock, HOUR) })
    await client.deleteTask({ name: `${QUEUE}/tasks/gone` })
    await eventually(() => expect(hits).toHaveLength(2))
    await eventuallyDue(client, failing, clock)

    alive = true
    const { client: later } = await restart()
    await eventually(() => expect(hits.filter((hit) => hit.path === '/under-way')).toHaveLength(2))
    expect(hits.at(-1)?.body).toBe(hits[0]?.body)
    await eventually(async () => expect((await names(later)).sort()).toEqual(['fails', 'later']))
    const [task] = await later.getTask({ name: failing ?? '' })
    expect(task).toMatchObject({ dispatchCount: 1, responseCount: 1 })
    expect((await later.getQueue({ name: QUEUE }))[0].retryConfig?.maxAttempts).toBe(7)
    expect((await later.getQueue({ name: `${LOCATION}/queues/paused` }))[0].state).toBe('PAUSED')
    for (const id of ['gone', 'under-way', 'later']) {
      const repeated = add(later, url, { name: `${QUEUE}/tasks/${id}` })
      await expect(repeated).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    }
    clock.advance(HOUR + 1000)
    await eventually(() => expect(hits.map((hit) => hit.path)).toContain('/later'))
    const retried = hits.filter((hit) => hit.path === '/fails')[1]
    expect(retried?.headers['x-cloudtasks-taskretrycount']).toBe('1')
  })
})

describe('a process that is killed', () => {
  const script = `
    import { sharedClock } from '#local/clock.ts'
    import { startTasks } from '#local/tasks/start-tasks.ts'
    import { localSigner } from '#local/tokens.ts'
    const folder = process.argv[1]
    const clock = sharedClock(folder + '/clock.json')
    const signer = await localSigner(folder + '/key.json')
    const server = await startTasks({ port: 0, stateFile: folder + '/tasks.jsonl', clock, signer })
    process.send(server.port)`

  test('loses no task that it accepted, neither waiting nor under way', async () => {
    const folder = stateFolder()
    const clock = frozenClock(folder)
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    onTestFinished(() => void other.kill('SIGKILL'))
    const [port] = await once(other, 'message')
    const client = new CloudTasksClient(clientOptions(Number(port)))
    await client.createQueue({ parent: LOCATION, queue: { name: QUEUE } })
    let alive = false
    const { hits, url } = await target(() => (alive ? 200 : undefined))
    await add(client, `${url}/under-way`, { name: `${QUEUE}/tasks/under-way` })
    const ids = Array.from({ length: 50 }, (_, n) => `w${n}`)
    const scheduleTime = inMs(clock, HOUR)
    await Promise.all(ids.map((id) => add(client, `${url}/${id}`, { name: `${QUEUE}/tasks/${id}`, scheduleTime })))
    await eventually(() => expect(hits).toHaveLength(1))
    other.kill('SIGKILL')
    await once(other, 'exit')
    await client.close()

    alive = true
    const { client: later } = await run(folder, clock)
    await eventually(() => expect(hits.map((hit) => hit.path)).toEqual(['/under-way', '/under-way']))
    await eventually(async () => expect((await names(later)).sort()).toEqual(ids.toSorted()))
    clock.advance(2 * HOUR)
    await eventually(() => expect(hits).toHaveLength(52))
    expect(new Set(hits.map((hit) => hit.path)).size).toBe(51)
  })
})

test('a second process on the same port is refused and leaves the first one its state', async () => {
  const { client, clock, folder, port } = await world()
  await client.pauseQueue({ name: QUEUE })
  await add(client, 'http://127.0.0.1:1/', { name: `${QUEUE}/tasks/one` })
  await expect(run(folder, clock, { port })).rejects.toThrow(`Port ${port} is taken`)
  await add(client, 'http://127.0.0.1:1/', { name: `${QUEUE}/tasks/two` })
  expect(readFileSync(join(folder, 'tasks.jsonl'), 'utf8')).toContain('tasks/two')
})

test('two thousand tasks are accepted, and all are sent once', async () => {
  const { client, clock } = await world()
  const { hits, url } = await target()
  const scheduleTime = inMs(clock, HOUR)
  for (let batch = 0; batch < 20; batch += 1) {
    await Promise.all(Array.from({ length: 100 }, (_, n) => add(client, `${url}/${batch * 100 + n}`, { scheduleTime })))
  }
  expect(await names(client)).toHaveLength(2000)
  clock.advance(2 * HOUR)
  await eventually(() => expect(hits).toHaveLength(2000))
  expect(new Set(hits.map((hit) => hit.path)).size).toBe(2000)
}, 30_000)
