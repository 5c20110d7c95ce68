import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CampaignInput, CampaignPatch } from '#functions/capabilities/campaigns/campaign-input.ts'
import { adflux, freshFolder } from './adflux.ts'
import { aCampaign } from './documents.ts'
import { problem } from './fake-api.ts'
import { sends, taughtApi } from './taught-api.ts'

const CREATE =
  'campaigns create --job-id JOB-0001 --platform meta --daily-budget 20.00 --currency usd --end 2026-12-15'.split(' ')

test('a campaign is what the API calls one', async () => {
  const more = '--start 2026-12-01 --country co,MX --country PE --url https://acme.example/7 --name Autumn'.split(' ')
  const segments = ['--segment', 'Data, SQL', '--segment', 'seg_2']
  const copy = ['--text', 'Join us', '--headline', 'Data engineer', '--description', 'Bogotá']
  const { document, sent } = await sends([...CREATE, ...more, ...segments, ...copy], 'POST /v1/campaigns', () => ({
    status: 201,
    body: aCampaign(),
  }))
  expect(document).toMatchObject({ id: 'cmp_1', ref: 'CMP-0001', status: 'DRAFT' })
  expect(CampaignInput.parse(sent?.body)).toMatchObject({
    job: 'JOB-0001',
    platforms: ['meta'],
    dailyBudget: { amount: '20.00', currency: 'USD' },
    segments: ['Data, SQL', 'seg_2'],
    countries: ['CO', 'MX', 'PE'],
    creative: { primaryText: 'Join us', headline: 'Data engineer', description: 'Bogotá' },
  })
})

test('an image is uploaded as it is, and the campaign names it', async () => {
  const cwd = freshFolder()
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255])
  writeFileSync(join(cwd, 'ad.png'), bytes)
  const api = await taughtApi({
    'POST /v1/images': () => ({ status: 201, body: { id: 'a'.repeat(64) } }),
    'POST /v1/campaigns': ({ body }) => ({ status: 201, body: aCampaign({ name: JSON.stringify(body) }) }),
  })
  expect(await adflux([...CREATE, '--image', 'ad.png'], { env: api.env, cwd })).toMatchObject({ code: 0 })
  expect(api.seen[0]?.bytes.equals(bytes)).toBe(true)
  expect(api.seen[0]?.headers['content-type']).toBe('image/png')
  expect(api.seen[1]?.body).toMatchObject({ image: 'a'.repeat(64) })
  expect(await adflux([...CREATE, '--image', 'b'.repeat(64)], { env: api.env, cwd })).toMatchObject({ code: 0 })
  expect(api.seen[2]?.body).toMatchObject({ image: 'b'.repeat(64) })
})

test.each([
  [['--image', 'ad.gif'], 1, 'ad.gif is no .png, .jpg or .jpeg'],
  [['--image', 'none.png'], 1, 'none.png does not exist'],
  [['--headline', 'Only'], 2, 'an ad of your own needs both --text and --headline'],
])('%j is refused before anything is sent', async (more, code, words) => {
  const api = await taughtApi({})
  const told = await adflux([...CREATE, ...more], { env: api.env })
  expect(told.code).toBe(code)
  expect(told.stderr).toContain(words)
  expect(api.seen).toEqual([])
})

test.each([['-5'], ['0'], ['20,00'], ['']])('the API judges a budget of %j', async (amount) => {
  const argv = CREATE.map((word) => (word === '20.00' ? amount : word))
  const { code, stderr, sent } = await sends(argv, 'POST /v1/campaigns', () =>
    problem(400, 'The daily budget must be above zero', { remedy: 'Such as 20.00.' }),
  )
  expect(code).toBe(1)
  expect(stderr).toBe('adflux: The daily budget must be above zero. Such as 20.00.\n')
  expect(sent?.body).toMatchObject({ dailyBudget: { amount } })
})

test('an edit sends only what was given; a half budget and an empty edit are misuse', async () => {
  const argv = 'campaigns edit CMP-0001 --daily-budget 30.00 --currency usd --split meta=3 --split google-ads=1'.split(
    ' ',
  )
  const { sent } = await sends(argv, 'PATCH /v1/campaigns/CMP-0001', () => ({ body: aCampaign() }))
  expect(CampaignPatch.parse(sent?.body)).toEqual({
    dailyBudget: { amount: '30.00', currency: 'USD' },
    split: { meta: 3, 'google-ads': 1 },
  })
  expect(await adflux(['campaigns', 'edit', 'CMP-0001', '--daily-budget', '3'])).toMatchObject({ code: 2 })
  expect(await adflux(['campaigns', 'edit', 'CMP-0001'])).toMatchObject({ code: 2 })
})

test('a plan that was looked at is the one that is published', async () => {
  const argv = ['campaigns', 'publish', 'CMP-0001', '--plan', 'abc']
  const { sent } = await sends(argv, 'POST /v1/campaigns/CMP-0001/publish', () => ({
    status: 202,
    body: { campaign: aCampaign(), channels: [] },
  }))
  expect(sent?.body).toEqual({ plan: 'abc' })
})
