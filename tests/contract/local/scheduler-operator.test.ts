import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { create, iso, JOB, LOCATION, read, TOPIC, world } from '#tests/contract/local/scheduler-world.ts'
import { aWhile, eventually } from '#tests/contract/local/world.ts'

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
