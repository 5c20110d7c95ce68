import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_PROFILE } from '#local/sandbox/amazon-ads/accounts.ts'
import { connectionOf } from '#tests/support/subjects/amazon-ads.ts'
import { functions } from './ingest/functions.ts'

const PATH = '/api/compat/amazon/api/campaigns/'
/** As the AMZ system sends it, byte for byte. */
const BODY = '{"name":"Test Campaign","budget":100,"keywords":"python,django,ads"}'

let stack: Awaited<ReturnType<typeof functions>>
type Organisation = Awaited<ReturnType<typeof stack.organisation>>
let acme: Organisation
beforeAll(async () => {
  stack = await functions(['api'])
  acme = await connected(['campaigns:publish', 'read'])
})
afterAll(() => stack.stop())

async function connected(scopes: Parameters<typeof stack.organisation>[0]): Promise<Organisation> {
  const organisation = await stack.organisation(scopes)
  await stack.db.doc(`orgs/${organisation.org}/connections/amazon-ads`).set(connectionOf(ANDES_PROFILE, 'na'))
  return organisation
}

const post = (organisation: Organisation, headers: Record<string, string> = {}) =>
  organisation.call(PATH, { method: 'POST', body: BODY, headers: { 'content-type': 'application/json', ...headers } })

test('the body of the AMZ system is taken as it is: 201, PENDING, and it is in the list', async () => {
  const taken = await post(acme)
  expect(taken.status).toBe(201)
  expect(taken.body).toMatchObject({
    ...{ name: 'Test Campaign', budget: 100, keywords: 'python,django,ads', status: 'PENDING', external_id: null },
    id: expect.any(String),
  })
  const listed = await acme.call(PATH)
  expect(listed.status).toBe(200)
  expect(listed.body).toContainEqual(taken.body)
  expect((await acme.call(PATH.slice(0, -1))).body).toEqual(listed.body)
})

test('a request that is sent twice under one key makes one campaign', async () => {
  const [first, second] = [await post(acme, { 'idempotency-key': 'k1' }), await post(acme, { 'idempotency-key': 'k1' })]
  expect(second.body.id).toBe(first.body.id)
})

test('without a key, or with one that may not publish, nothing is taken; others see nothing of it', async () => {
  expect((await post(acme, { authorization: '' })).status).toBe(401)
  const reader = await connected(['read'])
  expect((await post(reader)).status).toBe(403)
  expect((await reader.call(PATH)).body).toEqual([])
})

test('what is missing or unknown in the body is named', async () => {
  for (const json of [{ budget: 100 }, { name: 'x', budget: -1 }, { name: 'x', budget: 1, color: 'red' }])
    expect((await acme.call(PATH, { json })).status).toBe(400)
  const unconnected = await stack.organisation(['campaigns:publish', 'read'])
  expect((await post(unconnected)).status).toBe(422)
})
