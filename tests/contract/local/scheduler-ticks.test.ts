import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { create, HOUR, iso, JOB, read, TOPIC, world } from '#tests/contract/local/scheduler-world.ts'
import { aWhile, eventually, target } from '#tests/contract/local/world.ts'

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

test('a clock that runs fast makes a job fire by itself', async () => {
  const { client, clock, pubsub } = await world('2027-01-10T10:00:30Z')
  await create(client)
  clock.setSpeed(HOUR / 1000)
  await eventually(() => expect(pubsub.hits.length).toBeGreaterThan(2))
})
