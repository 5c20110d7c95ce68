import { describe, expect, test } from 'vitest'
import { create, iso, JOB, read, TOPIC, world } from '#tests/contract/local/scheduler-world.ts'
import { aWhile, eventually, target } from '#tests/contract/local/world.ts'

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
