import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_ACCOUNT, IBERIA_ACCOUNT } from '#local/sandbox/accounts.ts'
import { adTree, campaignBody, create, errorOf } from './ads.ts'
import { type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await testSandbox()
})
afterAll(() => sandbox.remove())

const raw = (path: string, headers: Record<string, string> = {}) =>
  sandbox.host('graph.facebook.com', 'GET', path, headers)

test('a token is taken from the header, the query or the body', async () => {
  const { token } = ANDES_ACCOUNT
  expect((await raw('/v24.0/me', { authorization: `Bearer ${token}` })).status).toBe(200)
  expect((await raw('/v24.0/me', { authorization: `OAuth ${token}` })).status).toBe(200)
  expect((await raw(`/v24.0/me?access_token=${token}`)).status).toBe(200)
  const body = new URLSearchParams({
    access_token: token,
    name: 'By form',
    objective: 'OUTCOME_TRAFFIC',
    special_ad_categories: '[]',
    is_adset_budget_sharing_enabled: 'false',
  })
  const posted = await sandbox.host(
    'graph.facebook.com',
    'POST',
    `/v24.0/${ANDES_ACCOUNT.id}/campaigns`,
    { 'content-type': 'application/x-www-form-urlencoded' },
    body.toString(),
  )
  expect(posted.body.id).toMatch(/^1202/)
})

test('a missing, a wrong, an expired and a revoked token are told apart', async () => {
  expect(errorOf(await raw('/v24.0/me'))).toMatchObject({ code: 2500 })
  expect(errorOf(await raw(`/v24.0/${ANDES_ACCOUNT.id}`))).toMatchObject({ code: 104 })
  expect(errorOf(await raw('/v24.0/me', { authorization: 'Bearer EAAnonsense' }))).toEqual({
    status: 400,
    code: 190,
    subcode: undefined,
  })
  const token = 'EAAsandboxShortLived'
  await sandbox.control('POST', 'tokens', { token, accounts: [ANDES_ACCOUNT.id] })
  const me = () => raw('/v24.0/me', { authorization: `Bearer ${token}` })
  expect((await me()).status).toBe(200)
  await sandbox.control('POST', 'tokens', { token, state: 'expired' })
  expect(errorOf(await me())).toMatchObject({ code: 190, subcode: 463 })
  await sandbox.control('POST', 'tokens', { token, state: 'revoked' })
  expect(errorOf(await me())).toMatchObject({ code: 190, subcode: 460 })
  await sandbox.control('POST', 'tokens', { token, state: 'valid', expiresInSeconds: 0.001 })
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(errorOf(await me())).toMatchObject({ code: 190, subcode: 463 })
  await sandbox.control('POST', 'tokens', { token, state: 'valid' })
  expect((await me()).status).toBe(200)
  const debug = await sandbox.graph('GET', `debug_token?input_token=${token}`)
  expect(debug.body.data).toMatchObject({ is_valid: true, type: 'SYSTEM_USER' })
})

test('an account of another business is refused, its objects look as if they were not there', async () => {
  expect(errorOf(await sandbox.graph('GET', `${IBERIA_ACCOUNT.id}/campaigns`))).toEqual({
    status: 403,
    code: 200,
    subcode: undefined,
  })
  const { campaign } = await adTree(sandbox)
  for (const method of ['GET', 'POST', 'DELETE'])
    expect(errorOf(await sandbox.graph(method, campaign, undefined, IBERIA_ACCOUNT))).toMatchObject({
      code: 100,
      subcode: 33,
    })
  expect(errorOf(await sandbox.graph('GET', `${campaign}/insights`, undefined, IBERIA_ACCOUNT))).toMatchObject({
    code: 100,
    subcode: 33,
  })
  expect(errorOf(await sandbox.graph('GET', '120239999999999999'))).toMatchObject({ code: 100, subcode: 33 })
})

test('a token that may only read cannot create', async () => {
  const token = 'EAAsandboxReader'
  await sandbox.control('POST', 'tokens', { token, accounts: [ANDES_ACCOUNT.id], scopes: ['ads_read'] })
  const reader = { ...ANDES_ACCOUNT, token }
  expect((await sandbox.graph('GET', `${ANDES_ACCOUNT.id}/campaigns`, undefined, reader)).status).toBe(200)
  expect(errorOf(await sandbox.graph('POST', `${ANDES_ACCOUNT.id}/campaigns`, campaignBody(), reader))).toMatchObject({
    code: 10,
  })
})

test('an app with a secret wants its proof', async () => {
  const token = 'EAAsandboxProven'
  await sandbox.control('POST', 'tokens', { token, accounts: [ANDES_ACCOUNT.id], appSecret: 's3cret' })
  const me = (proof: string) => raw(`/v24.0/me?appsecret_proof=${proof}`, { authorization: `Bearer ${token}` })
  expect(errorOf(await me(''))).toMatchObject({ code: 100 })
  expect(errorOf(await me('0'.repeat(64)))).toMatchObject({ code: 100 })
  expect((await me(createHmac('sha256', 's3cret').update(token).digest('hex'))).status).toBe(200)
})

test('an account that is disabled is read and not written', async () => {
  const { body } = await sandbox.control('POST', 'accounts', { name: 'Disabled', status: 2 })
  expect((await sandbox.graph('GET', `${body.id}?fields=account_status`, undefined, body)).body.account_status).toBe(2)
  expect(errorOf(await sandbox.graph('POST', `${body.id}/campaigns`, campaignBody(), body))).toMatchObject({
    subcode: 1487742,
  })
})

test('an account has its facts, and a field that it cannot have is an error', async () => {
  const fields = 'account_id,name,currency,timezone_name,timezone_offset_hours_utc,account_status,business'
  const { body } = await sandbox.graph('GET', `${IBERIA_ACCOUNT.id}?fields=${fields}`, undefined, IBERIA_ACCOUNT)
  expect(body).toMatchObject({
    id: IBERIA_ACCOUNT.id,
    currency: 'EUR',
    timezone_name: 'Europe/Madrid',
    timezone_offset_hours_utc: 1,
    account_status: 1,
    business: { id: IBERIA_ACCOUNT.businessId },
  })
  const wrong = await sandbox.graph('GET', `${ANDES_ACCOUNT.id}?fields=shoe_size`)
  expect(wrong.body.error.message).toMatch(/nonexisting field \(shoe_size\)/)
  const mine = await sandbox.graph('GET', 'me/adaccounts?fields=name')
  expect(mine.body.data.map(({ id }: { id: string }) => id)).toContain(ANDES_ACCOUNT.id)
  expect((await sandbox.graph('GET', `${ANDES_ACCOUNT.id}/adspixels`)).body.data[0].id).toBe(ANDES_ACCOUNT.pixelId)
})

test('a version that is not supported is refused, whatever is asked', async () => {
  const old = await raw('/v12.0/me', { authorization: `Bearer ${ANDES_ACCOUNT.token}` })
  expect(errorOf(old)).toMatchObject({ code: 2635 })
  expect(
    (await raw('/v25.0/me', { authorization: `Bearer ${ANDES_ACCOUNT.token}` })).headers['facebook-api-version'],
  ).toBe('v25.0')
})

test('several objects are read at once, and paths that do not exist are refused', async () => {
  const ids = [await create(sandbox, 'campaigns', campaignBody()), await create(sandbox, 'campaigns', campaignBody())]
  const { body } = await sandbox.graph('GET', `?ids=${ids.join(',')}&fields=name`)
  expect(Object.keys(body).sort()).toEqual(ids)
  expect((await sandbox.graph('GET', `${ANDES_ACCOUNT.id}/horses`)).status).toBe(400)
  expect((await sandbox.graph('POST', `${ANDES_ACCOUNT.id}/horses`, {})).status).toBe(400)
  expect((await sandbox.graph('POST', '', {})).status).toBe(400)
})
