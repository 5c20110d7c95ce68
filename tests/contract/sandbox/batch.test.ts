import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_ACCOUNT } from '#local/sandbox/accounts.ts'
import { adsetBody, campaignBody, create, creativeBody } from './ads.ts'
import { type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await testSandbox()
})
afterAll(() => sandbox.remove())

const ACCOUNT = ANDES_ACCOUNT.id
/** Form text in which our own references to earlier answers stay readable. */
const form = (body: object): string =>
  Object.entries(body)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${name}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/%7Bresult%3D(\w+)%3A%24\.(\w+)%7D/g, '{result=$1:$.$2}')}`,
    )
    .join('&')
const run = async (batch: object[]) => (await sandbox.graph('POST', '', { batch, include_headers: false })).body
const post = (edge: string, body: object, more: object = {}) => ({
  method: 'POST',
  relative_url: `${ACCOUNT}/${edge}`,
  body: form(body),
  ...more,
})

test('later calls of a batch name the ids of earlier ones', async () => {
  const parts = await run([
    post('campaigns', campaignBody({ name: 'Batch & co=1' }), { name: 'c', omit_response_on_success: false }),
    post('adsets', adsetBody('{result=c:$.id}'), { name: 's', omit_response_on_success: false }),
    post('adcreatives', creativeBody(), { name: 'k' }),
    post('ads', {
      name: 'Ad',
      adset_id: '{result=s:$.id}',
      creative: { creative_id: '{result=k:$.id}' },
      status: 'PAUSED',
    }),
  ])
  expect(parts.map((part: { code: number } | null) => part?.code ?? null)).toEqual([200, 200, null, 200])
  const campaign = JSON.parse(parts[0].body).id
  expect((await sandbox.graph('GET', `${campaign}?fields=name`)).body.name).toBe('Batch & co=1')
  const ad = JSON.parse(parts[3].body).id
  expect((await sandbox.graph('GET', `${ad}?fields=campaign_id`)).body.campaign_id).toBe(campaign)
})

test('a batch is not atomic: what came before a failure stays, what depended on it answers null', async () => {
  const parts = await run([
    post('campaigns', campaignBody({ name: 'Stays' })),
    post('campaigns', campaignBody({ name: '' }), { name: 'bad', omit_response_on_success: false }),
    post('adsets', adsetBody('{result=bad:$.id}')),
  ])
  expect(parts.map((part: { code: number } | null) => part?.code ?? null)).toEqual([200, 400, null])
})

test('several ad sets of one campaign and more than fifty calls are refused', async () => {
  const campaign = await create(sandbox, 'campaigns', campaignBody())
  const parts = await run([
    post('adsets', adsetBody(campaign)),
    post('adsets', adsetBody(campaign, { name: 'Second' })),
  ])
  expect(parts.map(({ code }: { code: number }) => code)).toEqual([200, 400])
  const many = await sandbox.graph('POST', '', {
    batch: Array.from({ length: 51 }, () => ({ method: 'GET', relative_url: 'me' })),
  })
  expect(many.status).toBe(400)
})

test('every call of a batch counts, is recorded, and can be struck', async () => {
  await sandbox.control('POST', 'faults', { fault: '429', operation: 'me', after: 1 })
  const parts = await run(Array.from({ length: 3 }, () => ({ method: 'GET', relative_url: 'me?fields=id' })))
  expect(parts.map(({ code }: { code: number }) => code)).toEqual([200, 429, 200])
  await sandbox.control('POST', 'faults', { fault: 'answer-lost', operation: 'create-campaign' })
  await expect(run([post('campaigns', campaignBody({ name: 'Lost in a batch' }))])).rejects.toThrow()
  const { data } = (await sandbox.graph('GET', `${ACCOUNT}/campaigns?fields=name&limit=1`)).body
  expect(data[0].name).toBe('Lost in a batch')
})
