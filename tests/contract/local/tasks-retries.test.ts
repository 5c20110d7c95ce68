import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { add, eventuallyDue, HOUR, MINUTE, names, QUEUE, world } from '#tests/contract/local/tasks-world.ts'
import { aWhile, eventually, target } from '#tests/contract/local/world.ts'

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
