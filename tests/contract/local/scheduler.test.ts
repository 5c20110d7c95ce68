import { join } from 'node:path'
import { CloudSchedulerClient } from '@google-cloud/scheduler'
import { status } from '@grpc/grpc-js'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { StackClock } from '#local/clock.ts'
import { type SchedulerOptions, startScheduler } from '#local/scheduler/start-scheduler.ts'
import { localSigner } from '#local/tokens.ts'
import { aWhile, clientOptions, eventually, frozenClock, stateFolder, target } from '#tests/contract/local/world.ts'

const LOCATION = 'projects/demo-adflux/locations/us-central1'
const JOB = `${LOCATION}/jobs/sweep`
const TOPIC = 'projects/demo-adflux/topics/tick-sweep'
const MINUTE = 60_000
const HOUR = 60 * MINUTE

async function run(folder: string, clock: StackClock, pubsubHost: string, extra: Partial<SchedulerOptions> = {}) {
  const signer = await localSigner(join(folder, 'key.json'))
  const stateFile = join(folder, 'jobs.jsonl')
  const server = await startScheduler({ port: 0, stateFile, clock, signer, pubsubHost, ...extra })
  const client = new CloudSchedulerClient(clientOptions(server.port))
  let stopped = false
  const stop = async (): Promise<void> => {
    if (stopped) return
    stopped = true
    await client.close()
    await server.stop()
  }
  onTestFinished(stop)
  return { client, stop, signer }
}

/** A scheduler at the given virtual instant, beside a Pub/Sub endpoint that answers as told. */
async function world(
  at: string,
  { answer = () => 200, ...extra }: Partial<SchedulerOptions> & { answer?: () => number } = {},
) {
  const folder = stateFolder()
  const clock = frozenClock(folder, Date.parse(at))
  const pubsub = await target(answer)
  const running = await run(folder, clock, pubsub.host, extra)
  const moveTo = (instant: string): number => clock.advance(Date.parse(instant) - clock.now())
  const restart = (meanwhile: () => void = () => {}) =>
    running.stop().then(() => {
      meanwhile()
      return run(folder, clock, pubsub.host, extra)
    })
  return { ...running, folder, clock, pubsub, moveTo, restart }
}

const pubsubTarget = { topicName: TOPIC, data: Buffer.from('tick'), attributes: { kind: 'sweep' } }
const everyMinute = { name: JOB, schedule: '* * * * *', timeZone: 'Etc/UTC', pubsubTarget }
const create = async (client: CloudSchedulerClient, job: object = {}) =>
  (await client.createJob({ parent: LOCATION, job: { ...everyMinute, ...job } }))[0]
const iso = (time: { seconds?: unknown } | null | undefined): string | undefined =>
  time ? new Date(Number(time.seconds) * 1000).toISOString() : undefined
const read = async (client: CloudSchedulerClient) => (await client.getJob({ name: JOB }))[0]

describe('a job', () => {
  test('publishes its data and attributes when its tick comes, and knows the next one', async () => {
    const { client, pubsub, moveTo } = await world('2027-01-10T10:00:30Z')
    const created = await create(client)
    expect(created).toMatchObject({ state: 'ENABLED', timeZone: 'Etc/UTC', status: null, lastAttemptTime: null })
    expect(iso(created.scheduleTime)).toBe('2027-01-10T10:01:00.000Z')
    await aWhile()
    expect(pubsub.hits).toEqual([])
    moveTo('2027-01-10T10:01:00Z')
    await eventually(() => expect(pubsub.hits).toHaveLength(1))
    expect(pubsub.hits[0]).toMatchObject({ method: 'POST', path: `/v1/${TOPIC}:publish` })
    expect(JSON.parse(pubsub.hits[0]?.body ?? '')).toEqual({
      messages: [{ data: Buffer.from('tick').toString('base64'), attributes: { kind: 'sweep' } }],
    })
    await eventually(async () => expect((await read(client)).status).toMatchObject({ code: 0 }))
    const after = await read(client)
    expect(iso(after.lastAttemptTime)).toBe('2027-01-10T10:01:00.000Z')
    expect(iso(after.scheduleTime)).toBe('2027-01-10T10:02:00.000Z')
    moveTo('2027-01-10T10:02:00Z')
    await eventually(() => expect(pubsub.hits).toHaveLength(2))
  })

  test('keeps the hour of its time zone over a change to summer time', async () => {
    const { client, pubsub, moveTo } = await world('2027-03-27T00:00:00Z')
    await create(client, { schedule: '0 9 * * *', timeZone: 'Europe/Madrid' })
    expect(iso((await read(client)).scheduleTime)).toBe('2027-03-27T08:00:00.000Z')
    moveTo('2027-03-27T08:00:00Z')
    await eventually(() => expect(pubsub.hits).toHaveLength(1))
    expect(iso((await read(client)).scheduleTime)).toBe('2027-03-28T07:00:00.000Z')
    moveTo('2027-03-28T06:59:59Z')
    await aWhile()
    expect(pubsub.hits).toHaveLength(1)
    moveTo('2027-03-28T07:00:00Z')
    await eventually(() => expect(pubsub.hits).toHaveLength(2))
    expect(iso((await read(client)).scheduleTime)).toBe('2027-03-29T07:00:00.000Z')
    await client.updateJob({ job: { name: JOB, timeZone: 'America/Bogota' }, updateMask: { paths: ['time_zone'] } })
    expect(iso((await read(client)).scheduleTime)).toBe('2027-03-28T14:00:00.000Z')
  })

  test('fires once when the clock jumps over many ticks, for the last of them, and then goes on', async () => {
    const { client, moveTo, pubsub } = await world('2027-01-10T10:00:30Z')
    const handler = await target()
    await create(client, { pubsubTarget: undefined, httpTarget: { uri: handler.url } })
    moveTo('2027-01-17T10:00:30Z')
    await eventually(() => expect(handler.hits).toHaveLength(1))
    expect(handler.hits[0]?.headers['x-cloudscheduler-scheduletime']).toBe('2027-01-17T10:00:00.000Z')
    await aWhile()
    expect(handler.hits).toHaveLength(1)
    moveTo('2027-01-17T10:01:00Z')
    await eventually(() => expect(handler.hits).toHaveLength(2))
    expect(pubsub.hits).toEqual([])
  })

  test('never overlaps itself: ticks that pass during an attempt are one firing after it', async () => {
    const { client, moveTo } = await world('2027-01-10T10:00:30Z')
    let answer: (() => void) | undefined
    const slow = await target((_, response) => {
      answer = () => response.writeHead(200).end()
      return undefined
    })
    await create(client, { pubsubTarget: undefined, httpTarget: { uri: slow.url } })
    moveTo('2027-01-10T10:01:00Z')
    await eventually(() => expect(slow.hits).toHaveLength(1))
    moveTo('2027-01-10T10:06:00Z')
    await aWhile()
    expect(slow.hits).toHaveLength(1)
    answer?.()
    await eventually(() => expect(slow.hits).toHaveLength(2))
  })

  test('calls an HTTP target with its headers, body and a verifiable identity token', async () => {
    const { client, moveTo, signer } = await world('2027-01-10T10:00:30Z')
    const { hits, url } = await target()
    const email = 'scheduler@demo-adflux.iam.gserviceaccount.com'
    const uri = `${url}/hook?a=1`
    const headers = { 'X-Trace': 't1', 'User-Agent': 'mine', 'X-CloudScheduler': 'no' }
    const httpTarget = {
      uri,
      httpMethod: 'PUT',
      headers,
      body: Buffer.from('hi'),
      oidcToken: { serviceAccountEmail: email },
    }
    await create(client, { pubsubTarget: undefined, httpTarget })
    moveTo('2027-01-10T10:01:00Z')
    await eventually(() => expect(hits).toHaveLength(1))
    expect(hits[0]).toMatchObject({ method: 'PUT', path: '/hook?a=1', body: 'hi' })
    expect(hits[0]?.headers).toMatchObject({
      'x-trace': 't1',
      'user-agent': 'Google-Cloud-Scheduler',
      'content-type': 'application/octet-stream',
      'x-cloudscheduler': 'true',
      'x-cloudscheduler-jobname': 'sweep',
      'x-cloudscheduler-scheduletime': '2027-01-10T10:01:00.000Z',
    })
    const token = hits[0]?.headers.authorization?.replace('Bearer ', '') ?? ''
    const expected = { issuer: 'https://accounts.google.com', audience: uri }
    const { payload } = await jwtVerify(token, createLocalJWKSet(signer.jwks), expected)
    expect(payload).toMatchObject({ email, email_verified: true })
  })
})

describe('a failed attempt', () => {
  const retryConfig = { retryCount: 3, minBackoffDuration: { seconds: 5 }, maxDoublings: 1 }

  test('is repeated with growing waits as often as the job says, then the next tick begins anew', async () => {
    const { client, pubsub, moveTo } = await world('2027-01-10T10:00:30Z', { answer: () => 503 })
    await create(client, { schedule: '0 * * * *', retryConfig })
    const due: (string | undefined)[] = []
    moveTo('2027-01-10T11:00:00Z')
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await eventually(() => expect(pubsub.hits).toHaveLength(attempt))
      await eventually(async () => {
        const job = await read(client)
        expect(job.status?.code).toBe(status.UNAVAILABLE)
        expect(due).not.toContain(iso(job.scheduleTime))
        due.push(iso(job.scheduleTime))
      })
      await aWhile()
      expect(pubsub.hits).toHaveLength(attempt)
      if (attempt < 4) moveTo(due.at(-1) ?? '')
    }
    expect(due.map((at) => at?.slice(11, 19))).toEqual(['11:00:05', '11:00:15', '11:00:35', '12:00:00'])
    moveTo('2027-01-10T12:00:00Z')
    await eventually(() => expect(pubsub.hits).toHaveLength(5))
  })

  test('is not repeated without a retry count', async () => {
    const { client, pubsub, moveTo } = await world('2027-01-10T10:00:30Z', { answer: () => 500 })
    await create(client, { schedule: '0 * * * *' })
    moveTo('2027-01-10T11:00:00Z')
    await eventually(async () => expect((await read(client)).status?.code).toBe(status.INTERNAL))
    moveTo('2027-01-10T11:59:00Z')
    await aWhile()
    expect(pubsub.hits).toHaveLength(1)
  })

  test('gives way to the next tick', async () => {
    const { client, pubsub, moveTo } = await world('2027-01-10T10:00:30Z', { answer: () => 503 })
    await create(client, { retryConfig: { ...retryConfig, minBackoffDuration: { seconds: 90 } } })
    moveTo('2027-01-10T10:01:00Z')
    await eventually(async () => expect(iso((await read(client)).scheduleTime)).toBe('2027-01-10T10:02:30.000Z'))
    moveTo('2027-01-10T10:02:00Z')
    await eventually(() => expect(pubsub.hits).toHaveLength(2))
    await eventually(async () => expect(iso((await read(client)).scheduleTime)).toBe('2027-01-10T10:03:30.000Z'))
  })

  test('is one that nobody answered: Pub/Sub away, or no answer within the attempt deadline', async () => {
    const asked: number[] = []
    const deadline = (ms: number) => {
      asked.push(ms)
      return AbortSignal.timeout(50)
    }
    const { client, pubsub, moveTo } = await world('2027-01-10T10:00:30Z', { deadline })
    const silent = await target(() => undefined)
    await pubsub.stop()
    await create(client, { retryConfig })
    const other = { name: `${JOB}-http`, httpTarget: { uri: silent.url }, attemptDeadline: { seconds: 20 } }
    await create(client, { ...other, pubsubTarget: undefined })
    moveTo('2027-01-10T10:01:00Z')
    await eventually(async () => expect((await read(client)).status?.code).toBe(status.UNAVAILABLE))
    await eventually(async () => {
      const [job] = await client.getJob({ name: other.name })
      expect(job.status?.code).toBe(status.DEADLINE_EXCEEDED)
    })
    expect(asked).toContain(20_000)
    expect(iso((await read(client)).scheduleTime)).toBe('2027-01-10T10:01:05.000Z')
  })
})

describe('an operator', () => {
  test('pauses and resumes a job; ticks that passed meanwhile are not made up', async () => {
    const { client, pubsub, moveTo } = await world('2027-01-10T10:00:30Z')
    await create(client)
    expect((await client.pauseJob({ name: JOB }))[0].state).toBe('PAUSED')
    await expect(client.pauseJob({ name: JOB })).rejects.toMatchObject({ code: status.FAILED_PRECONDITION })
    moveTo('2027-01-10T10:05:30Z')
    await aWhile()
    const [resumed] = await client.resumeJob({ name: JOB })
    expect(resumed.state).toBe('ENABLED')
    expect(iso(resumed.scheduleTime)).toBe('2027-01-10T10:06:00.000Z')
    await expect(client.resumeJob({ name: JOB })).rejects.toMatchObject({ code: status.FAILED_PRECONDITION })
    await aWhile()
    expect(pubsub.hits).toEqual([])
    moveTo('2027-01-10T10:06:00Z')
    await eventually(() => expect(pubsub.hits).toHaveLength(1))
  })

  test('runs a job now, even a paused one, without moving its next tick', async () => {
    const { client, pubsub } = await world('2027-01-10T10:00:30Z')
    await create(client)
    const [run1] = await client.runJob({ name: JOB })
    expect(iso(run1.lastAttemptTime)).toBe('2027-01-10T10:00:30.000Z')
    await eventually(() => expect(pubsub.hits).toHaveLength(1))
    expect(iso((await read(client)).scheduleTime)).toBe('2027-01-10T10:01:00.000Z')
    await client.pauseJob({ name: JOB })
    await client.runJob({ name: JOB })
    await eventually(() => expect(pubsub.hits).toHaveLength(2))
    await expect(client.runJob({ name: `${JOB}-none` })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('changes only what the mask names; without one, what the request sets', async () => {
    const { client } = await world('2027-01-10T10:00:30Z')
    await create(client, { description: 'old' })
    const job = { name: JOB, schedule: '*/30 * * * *', description: 'new', state: 'DISABLED' as const }
    const [masked] = await client.updateJob({ job, updateMask: { paths: ['schedule', 'state'] } })
    expect(masked).toMatchObject({ schedule: '*/30 * * * *', description: 'old', state: 'ENABLED' })
    expect(iso(masked.scheduleTime)).toBe('2027-01-10T10:30:00.000Z')
    const [unmasked] = await client.updateJob({ job: { name: JOB, description: 'new' } })
    expect(unmasked).toMatchObject({ schedule: '*/30 * * * *', description: 'new', pubsubTarget: { topicName: TOPIC } })
    const [nested] = await client.updateJob({
      job: { name: JOB, retryConfig: { retryCount: 2, maxDoublings: 9 } },
      updateMask: { paths: ['retry_config.retry_count'] },
    })
    expect(nested.retryConfig).toMatchObject({ retryCount: 2, maxDoublings: 5 })
    const httpTarget = { uri: 'http://127.0.0.1:1/' }
    const [retargeted] = await client.updateJob({
      job: { name: JOB, httpTarget },
      updateMask: { paths: ['http_target'] },
    })
    expect(retargeted.httpTarget).toMatchObject(httpTarget)
    expect(retargeted.pubsubTarget).toBeFalsy()
    const unknown = client.updateJob({ job: { name: JOB }, updateMask: { paths: ['timeZone'] } })
    await expect(unknown).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
    await expect(client.updateJob({ job: { name: `${JOB}-none` } })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('lists jobs page by page, deletes them, and gets a name when none was chosen', async () => {
    const { client } = await world('2027-01-10T10:00:30Z')
    for (const id of ['c', 'a', 'b']) await create(client, { name: `${LOCATION}/jobs/${id}` })
    const manually = { autoPaginate: false }
    const [first, , page] = await client.listJobs({ parent: LOCATION, pageSize: 2 }, manually)
    const [second] = await client.listJobs({ parent: LOCATION, pageToken: page.nextPageToken ?? '' }, manually)
    expect([...first, ...second].map(({ name }) => name?.at(-1))).toEqual(['a', 'b', 'c'])
    await client.deleteJob({ name: `${LOCATION}/jobs/a` })
    await expect(client.deleteJob({ name: `${LOCATION}/jobs/a` })).rejects.toMatchObject({ code: status.NOT_FOUND })
    await expect(create(client, { name: `${LOCATION}/jobs/b` })).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    expect((await create(client, { name: '' })).name).toMatch(/\/jobs\/[\w-]{36}$/)
    expect((await client.listJobs({ parent: LOCATION }))[0]).toHaveLength(3)
  })

  test('gets a clear refusal of a schedule, zone or target that cannot work', async () => {
    const { client } = await world('2027-01-10T10:00:30Z')
    const refused = (job: object, reason: RegExp) =>
      expect(create(client, job)).rejects.toMatchObject({
        code: status.INVALID_ARGUMENT,
        details: expect.stringMatching(reason),
      })
    const schedules = ['61 * * * *', '* * * *', '* * * * * *', '@daily', '0 0 L * *', '0 0 * * MON#2', '0 0 ? * *', '']
    for (const schedule of schedules) await refused({ schedule }, /schedule/)
    for (const timeZone of ['Mars/Phobos', '+02:00']) await refused({ timeZone }, /time_zone/)
    await refused({ pubsubTarget: { topicName: TOPIC } }, /attribute/)
    await refused({ pubsubTarget: { topicName: 'tick', data: Buffer.from('x') } }, /topic_name/)
    await refused({ pubsubTarget: undefined }, /target/)
    await refused({ pubsubTarget: undefined, httpTarget: { uri: 'gopher://x' } }, /uri/)
    await refused({ retryConfig: { retryCount: 6 } }, /retry_count/)
    await refused({ pubsubTarget: undefined, httpTarget: { uri: 'http://x' }, attemptDeadline: { seconds: 5 } }, /15 s/)
    await refused({ name: 'sweep' }, /name/)
    await create(client, { schedule: '0 9 * JAN-jul mon,FRI', timeZone: 'America/Mexico_City' })
  })
})

describe('after a restart', () => {
  test('jobs are as they were, and ticks missed meanwhile are caught up once', async () => {
    const { client, pubsub, moveTo, restart } = await world('2027-01-10T10:00:30Z')
    await create(client, { retryConfig: { retryCount: 2 } })
    await create(client, { name: `${JOB}-paused` })
    await client.pauseJob({ name: `${JOB}-paused` })
    const { client: later } = await restart(() => moveTo('2027-01-10T12:34:30Z'))
    await eventually(() => expect(pubsub.hits).toHaveLength(1))
    await aWhile()
    expect(pubsub.hits).toHaveLength(1)
    const job = await read(later)
    expect(job).toMatchObject({
      schedule: '* * * * *',
      retryConfig: { retryCount: 2 },
      pubsubTarget: { topicName: TOPIC },
    })
    expect(iso(job.scheduleTime)).toBe('2027-01-10T12:35:00.000Z')
    expect((await later.getJob({ name: `${JOB}-paused` }))[0].state).toBe('PAUSED')
  })

  test('an attempt that was under way is made again', async () => {
    const { client, moveTo, restart } = await world('2027-01-10T10:00:30Z')
    const silent = await target(() => undefined)
    await create(client, { schedule: '0 11 * * *', pubsubTarget: undefined, httpTarget: { uri: silent.url } })
    moveTo('2027-01-10T11:00:00Z')
    await eventually(() => expect(silent.hits).toHaveLength(1))
    await restart()
    await eventually(() => expect(silent.hits).toHaveLength(2))
  })
})

test('a clock that runs fast makes a job fire by itself', async () => {
  const { client, clock, pubsub } = await world('2027-01-10T10:00:30Z')
  await create(client)
  clock.setSpeed(HOUR / 1000)
  await eventually(() => expect(pubsub.hits.length).toBeGreaterThan(2))
})
