import { stripVTControlCharacters } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { formatsOf, localeFrom, plain } from '../../../cli/src/format.ts'
import { adflux } from './adflux.ts'
import { aCampaign, aJob, inFull } from './documents.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'

let api: FakeApi | undefined
afterEach(async () => {
  await api?.close()
  api = undefined
})

/** Intl puts a space that does not break between code and number. */
const spaces = (text: string): string => text.replaceAll('\u00a0', ' ')

test('money is exact, with its currency and as many decimals as that has', () => {
  const { money, micros } = formatsOf('en')
  expect(spaces(money({ minor: 2000, currency: 'USD' }))).toBe('USD 20.00')
  expect(spaces(money({ minor: 2000, currency: 'JPY' }))).toBe('JPY 2,000')
  expect(spaces(money({ minor: 9_007_199_254_740_991, currency: 'USD' }))).toBe('USD 90,071,992,547,409.91')
  expect(spaces(micros(1_234_567, 'USD'))).toBe('USD 1.23')
  expect(spaces(formatsOf('es-CO').money({ minor: 250_000_000, currency: 'COP' }))).toBe('COP 2.500.000,00')
})

test('what nobody knows is a dash, never 0', () => {
  const { money, micros, integer, percent, instant, decimal } = formatsOf('en')
  const told = [
    money(null),
    micros(undefined, 'USD'),
    micros(1, null),
    integer(null),
    percent(null),
    instant(null),
    decimal(null),
  ]
  expect(told).toEqual(told.map(() => '—'))
  expect(integer(0)).toBe('0')
})

test.each([
  [{}, 'en'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'es_CO.UTF-8' }, 'es-CO'],
  [{ LC_ALL: 'de_DE', LANG: 'es_CO' }, 'de-DE'],
  [{ LANG: '!!' }, 'en'],
])('numbers speak the language of %j', (env, locale) => {
  expect(localeFrom(env)).toBe(locale)
})

test('a title cannot move the cursor, colour the screen or turn the text around', () => {
  expect(plain('a\u001b[2Jb\nc\u202ed\u009b31m')).toBe('a [2Jb c d 31m')
})

const TITLE = 'A very long title of an opening that does not fit on any screen at all, however wide it may be'

async function listed(world: { env?: Record<string, string>; columns?: number }): Promise<string> {
  api = await fakeApi({
    'GET /v1/jobs': () => ({
      body: { items: [aJob({ title: TITLE, company: 'Ácme 日本' }), aJob({ ref: 'JOB-10000' })], next: null },
    }),
  })
  const { stdout } = await adflux(['jobs', 'list'], { ...world, env: { ...api.env, ...world.env } })
  return stdout
}

test('tables are aligned; a pipe gets all of the text', async () => {
  const lines = (await listed({})).trimEnd().split('\n')
  expect(lines[1]).toContain(TITLE)
  expect(lines[1]?.indexOf('Bogotá')).toBe(lines[0]?.indexOf('PLACE'))
  expect(lines[2]?.indexOf('Bogotá')).toBe(lines[0]?.indexOf('PLACE'))
})

test('a terminal gets what fits, with …', async () => {
  const lines = (await listed({ columns: 80 })).trimEnd().split('\n')
  expect(lines[1]).toContain('…')
  for (const line of lines) expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(80)
})

test.each([
  [{ columns: 80 }, true],
  [{ columns: 80, env: { NO_COLOR: '1' } }, false],
  [{ columns: 80, env: { CI: 'true' } }, false],
  [{ columns: 80, env: { TERM: 'dumb' } }, false],
  [{}, false],
])('colour for %j: %s', async (world, coloured) => {
  expect((await listed(world)).includes('\u001b[')).toBe(coloured)
})

test('a campaign shows status, reason and channels; figures stay unknown before the first sync', async () => {
  api = await fakeApi({
    'GET /v1/campaigns/CMP-0001': () => ({ body: inFull('PROCESSING', { code: 'in_review', message: null }) }),
  })
  const { stdout } = await adflux(['campaigns', 'view', 'CMP-0001'], { env: api.env })
  expect(spaces(stdout)).toMatch(/^budget +USD 20\.00 a day$/m)
  expect(stdout).toMatch(/^status +PROCESSING \(in_review\)$/m)
  expect(stdout).toMatch(/^impressions +—$/m)
  expect(stdout).toMatch(/^meta +PROCESSING \(in_review\) +active/m)
})

test('metrics are sums, rates, and a row a day', async () => {
  const day = { day: '2026-11-20', impressions: 1000, reach: null, clicks: 20, spendMicros: 5_000_000, applications: 2 }
  const metrics = {
    ...{ impressions: 1000, reach: 900, clicks: 20, spend: { minor: 500, currency: 'USD' }, spendMicros: 5_000_000 },
    ...{ applications: 2, received: 1, ctr: 0.02, cpcMicros: 250_000, cpmMicros: 5_000_000 },
    ...{ costPerApplicationMicros: 2_500_000, applyRate: 0.1, days: [day], syncedAt: null, reachRange: null },
  }
  api = await fakeApi({ 'GET /v1/campaigns/CMP-0001/metrics': () => ({ body: metrics }) })
  const human = spaces((await adflux(['campaigns', 'metrics', 'CMP-0001'], { env: api.env })).stdout)
  expect(human).toMatch(/^click rate +2\.00%$/m)
  expect(human).toMatch(/^an application +USD 2\.50$/m)
  expect(human).toMatch(/^applications +2 by the platforms, 1 received$/m)
  expect(human).toMatch(/^2026-11-20 +1,000 +— +20 +USD 5\.00 +2$/m)
  const json = await adflux(['campaigns', 'metrics', 'CMP-0001', '--json', '--since', '2026-11-01'], { env: api.env })
  expect(JSON.parse(json.stdout)).toEqual(metrics)
  expect(api.seen.at(-1)?.query).toEqual({ since: '2026-11-01' })
})

test('a plan says what each segment became, and what it can cost', async () => {
  const money = { minor: 28_000, currency: 'USD' }
  const plan = {
    steps: [{ key: 'campaign', level: 'campaign', name: 'CMP-0001 ~abc', payload: {}, digest: 'd' }],
    targeting: [
      {
        segment: 's1',
        name: { es: 'Datos', en: 'Data' },
        became: [{ kind: 'interest', name: 'SQL', from: 'skill SQL' }],
        leftOut: [{ trait: 'education bachelor', why: 'not allowed for employment' }],
      },
    ],
    mostItCanCost: money,
    mostOnOneDay: { ...money, minor: 2500 },
  }
  const changed = {
    key: 'campaign',
    level: 'campaign',
    name: 'CMP-0001 ~abc',
    before: { daily_budget: '1' },
    after: {},
  }
  const body = {
    plan: 'hash-of-the-plan',
    channels: { meta: plan, 'google-ads': plan },
    changes: { meta: [{ ...changed, action: 'update' }], 'google-ads': [] },
    mostItCanCost: { ...money, minor: 56_000 },
    mostOnOneDay: { ...money, minor: 5000 },
  }
  api = await fakeApi({ 'GET /v1/campaigns/CMP-0001/plan': () => ({ body }) })
  const { stdout } = await adflux(['campaigns', 'plan', 'CMP-0001'], { env: api.env })
  for (const part of [
    'meta',
    'USD 25.00',
    'USD 280.00',
    'CMP-0001 ~abc',
    'daily_budget',
    'Nothing is to be done here',
    'USD 560.00',
    'hash-of-the-plan',
    'interest: SQL (from skill SQL)',
    'left out: education bachelor: not allowed',
  ])
    expect(spaces(stdout)).toContain(part)
})

test('--json prints exactly one document, however long the way to it', async () => {
  api = await fakeApi({
    'POST /v1/campaigns': () => ({ status: 201, body: aCampaign() }),
  })
  const argv = 'campaigns create --job-id J --platform meta --daily-budget 1 --currency USD --end 2026-12-31'.split(' ')
  const { stdout, stderr } = await adflux([...argv, '--json'], { env: api.env })
  expect(JSON.parse(stdout)).toMatchObject({ id: 'cmp_1' })
  expect(stderr).toBe('')
})
