import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { add, HOUR, inMs, LOCATION, names, QUEUE, WEEK, world } from '#tests/contract/local/tasks-world.ts'
import { aWhile, eventually, target } from '#tests/contract/local/world.ts'

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
