import { join } from 'node:path'
import { status } from '@grpc/grpc-js'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { localSigner, startTokens } from '#local/tokens.ts'
import { add, HOUR, inMs, MINUTE, names, QUEUE, secondsOf, WEEK, world } from '#tests/contract/local/tasks-world.ts'
import { aWhile, eventually, target } from '#tests/contract/local/world.ts'

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
    const jwks = await startTokens({ port: 0, signer: await localSigner(join(folder, 'key.json')) })
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
