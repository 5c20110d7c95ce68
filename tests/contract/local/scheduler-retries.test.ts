import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { create, iso, JOB, read, world } from '#tests/contract/local/scheduler-world.ts'
import { aWhile, eventually, target } from '#tests/contract/local/world.ts'

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
