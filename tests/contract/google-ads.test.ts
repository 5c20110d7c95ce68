import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PlannedStep } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { AdPlatform } from '#functions/ports/index.ts'
import { type SandboxWorld, sandboxWorld } from '#tests/support/sandbox-world.ts'
import { briefFor, segment } from '#tests/support/subjects/brief.ts'
import { googleAdsSubject } from '#tests/support/subjects/google-ads.ts'
import type { Subject } from '#tests/support/subjects/subject.ts'

/** What is Google's own: one atomic Mutate that is never repeated, unique names, declarations, limits. */

let world: SandboxWorld
let subject: Subject
let platform: AdPlatform
beforeEach(async () => {
  world = await sandboxWorld()
  subject = await googleAdsSubject(world)
  platform = await subject.open()
})
afterEach(() => world.stop())

const failureOf = async (work: Promise<unknown>): Promise<PlatformFailure> => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof PlatformFailure)) throw new Error(`No PlatformFailure: ${String(thrown)}`)
  return thrown
}

async function stepFor(changes?: Parameters<typeof briefFor>[1]): Promise<PlannedStep> {
  const { steps } = await platform.plan(briefFor(subject, changes))
  const [step] = steps
  if (!step || steps.length !== 1) throw new Error('A Google plan is one step')
  return step
}

const standing = async (kind: string) =>
  (await world.books()).objects.filter(
    (object) => object.kind === kind && !object.deleted && object.platform === 'google-ads',
  )

describe('a Mutate', () => {
  test('whose answer was lost is sent exactly once', async () => {
    const step = await stepFor()
    await world.fault({ platform: 'google-ads', fault: 'answer-lost', operation: 'mutate' })
    expect((await failureOf(platform.create(step, {}))).kind).toBe('ambiguous')
    expect((await world.books()).calls['google-ads.mutate']).toBe(1)
    expect(await standing('campaign')).toHaveLength(1)
  })

  test('that arrived twice is looked up, and is one campaign', async () => {
    const step = await stepFor()
    await world.fault({ platform: 'google-ads', fault: 'duplicate-200', operation: 'mutate' })
    expect((await failureOf(platform.create(step, {}))).kind).toBe('ambiguous')
    expect(await platform.find(step, {})).toHaveLength(1)
    expect(await standing('campaign')).toHaveLength(1)
  })

  test('whose answer cannot be read may have been done', async () => {
    const step = await stepFor()
    await world.fault({ platform: 'google-ads', fault: 'wrong-body', operation: 'mutate' })
    expect((await failureOf(platform.create(step, {}))).kind).toBe('ambiguous')
    expect(await platform.find(step, {})).toHaveLength(1)
  })

  test('that lands late holds its name meanwhile: a second one is never made', async () => {
    const step = await stepFor()
    await world.fault({
      platform: 'google-ads',
      fault: 'late-landing',
      operation: 'mutate',
      delaySeconds: 60,
      clock: 'virtual',
    })
    expect((await failureOf(platform.create(step, {}))).kind).toBe('ambiguous')
    expect(await platform.find(step, {})).toEqual([])
    expect((await failureOf(platform.create(step, {}))).kind).toBe('ambiguous')
    world.advance(61_000)
    expect(await platform.find(step, {})).toHaveLength(1)
    expect(await standing('campaign')).toHaveLength(1)
  })

  test('that hangs is given up within half a minute, after one call', async () => {
    const step = await stepFor()
    await world.fault({ platform: 'google-ads', fault: 'hang', operation: 'mutate' })
    const begun = performance.now()
    expect((await failureOf(platform.create(step, {}))).kind).toBe('ambiguous')
    expect(performance.now() - begun).toBeLessThan(35_000)
    expect((await world.books()).calls['google-ads.mutate']).toBe(1)
  })

  test('is in no list at first where lists lag, and in one later', async () => {
    const step = await stepFor()
    await world.fault({
      platform: 'google-ads',
      fault: 'slow-list',
      operation: 'mutate',
      delaySeconds: 60,
      clock: 'virtual',
    })
    const id = await platform.create(step, {})
    expect(await platform.find(step, {})).toEqual([])
    world.advance(61_000)
    expect((await platform.find(step, {})).map((found) => found.id)).toEqual([id])
  })

  test('of a name that is taken is looked up, not refused', async () => {
    const step = await stepFor()
    const id = await platform.create(step, {})
    const failure = await failureOf(platform.create(step, {}))
    expect(failure).toMatchObject({ kind: 'ambiguous', details: { code: 'campaign_error/DUPLICATE_CAMPAIGN_NAME' } })
    expect((await platform.find(step, {})).map((found) => found.id)).toEqual([id])
  })

  test('makes all or nothing', async () => {
    const step = await stepFor()
    const [group] = (step.payload as { adGroups: { ad: object }[] }).adGroups
    const spoiled = { ...group, ad: { ...group?.ad, headlines: ['Uno', 'Dos'] } }
    const failure = await failureOf(platform.create({ ...step, payload: { ...step.payload, adGroups: [spoiled] } }, {}))
    expect(failure).toMatchObject({ kind: 'refusal', details: { code: 'collection_size_error/TOO_FEW' } })
    expect(await standing('budget')).toEqual([])
    expect(await standing('campaign')).toEqual([])
  })
})

describe('a plan', () => {
  test('asks the platform to check everything, and shows its refusal', async () => {
    const creativeUrl = { ...briefFor(subject), clickUrl: 'not an address' }
    const failure = await failureOf(platform.plan(creativeUrl))
    expect(failure).toMatchObject({ kind: 'refusal', details: { code: 'url_field_error/INVALID_FINAL_URL' } })
    expect((await world.books()).calls['google-ads.mutate']).toBeUndefined()
  })

  test('makes an ad group of each segment, with searches of its own, and never age, gender or postcode', async () => {
    const segments = [
      segment('seg_data', ['Python', 'SQL'], ['Bogotá']),
      segment('seg_care', ['Nursing'], ['Medellín']),
    ]
    const step = await stepFor({ segments })
    await platform.create(step, {})
    const groups = await standing('adset')
    expect(groups).toHaveLength(2)
    const [one, two] = groups.map(({ fields }) => fields.targeting)
    expect(one).not.toEqual(two)
    expect(JSON.stringify(one)).toContain('python')
    const criteria = JSON.stringify(await standing('criterion'))
    for (const word of ['age_range', 'gender', 'parental', 'user_list', 'proximity'])
      expect(criteria).not.toContain(word)
  })

  test('of a campaign that is there already is no refusal', async () => {
    const step = await stepFor()
    await platform.create(step, {})
    expect(await stepFor()).toEqual(step)
  })

  test('of a job with a very long name keeps every limit', async () => {
    const title =
      'Coordinadora regional de operaciones logísticas internacionales y comercio exterior para la zona norte'
    const company = 'Supercalifragilisticaexpialidosamenteempresarial'
    const { payload } = await stepFor({ job: { title, company, skills: ['C++ / Qt', 'x'.repeat(90), '!!!'] } })
    const text = JSON.stringify(payload)
    expect(text).not.toContain('Supercalifragil"')
    const [group] = (payload as { adGroups: { ad: { headlines: string[]; descriptions: string[] } }[] }).adGroups
    expect(group?.ad.headlines.length).toBeGreaterThanOrEqual(3)
    expect(group?.ad.descriptions.length).toBeGreaterThanOrEqual(2)
  })
})

test('an update changes an ad group’s searches and its ad, and leaves what is as it should be', async () => {
  const made = { campaign: await platform.create(await stepFor(), {}) }
  const before = await standing('ad')
  await platform.update(await stepFor(), made)
  expect(await standing('ad')).toEqual(before)
  const calls = (await world.books()).calls['google-ads.mutate']
  const creative = { ...briefFor(subject).campaign.creative, headline: 'Backend en Bogotá' }
  const step = await stepFor({ campaign: { creative, endsOn: '2026-12-31' }, job: { skills: ['Kotlin'] } })
  await platform.update(step, made)
  expect((await world.books()).calls['google-ads.mutate']).toBe((calls ?? 0) + 1)
  const [ad, ...others] = await standing('ad')
  expect(others).toEqual([])
  expect(JSON.stringify(ad)).toContain('Backend en Bogotá')
  const [group] = await standing('adset')
  expect(JSON.stringify(group?.fields.targeting)).toContain('kotlin')
  expect(JSON.stringify(group?.fields.targeting)).not.toContain('node.js')
  expect(group?.fields.end_time).toBe(Date.parse('2027-01-01T05:00:00Z'))
})

test('a campaign whose first day has passed begins when it is made', async () => {
  const step = await stepFor()
  world.advance(3 * 86_400_000)
  const id = await platform.create(step, {})
  expect(await platform.state({ campaign: id })).toMatchObject({ confirmed: 'paused' })
})

test('the whole account’s report is one call, and a search campaign’s reach none', async () => {
  await platform.report({ grain: 'days', since: '2026-11-01', until: '2026-11-20' }, null)
  expect((await world.books()).calls['google-ads.search']).toBe(1)
  expect(await platform.report({ grain: 'lifetime' }, null)).toEqual({ state: 'page', rows: [], token: null })
  expect((await world.books()).calls['google-ads.search']).toBe(1)
})

test('a call that fails while reading is tried again later, not taken for an answer', async () => {
  await world.fault({ platform: 'google-ads', fault: '500', operation: 'search' })
  expect((await failureOf(platform.check())).kind).toBe('transient')
  await world.fault({ platform: 'google-ads', fault: 'expired-token', operation: 'search' })
  expect((await failureOf(platform.check())).kind).toBe('auth')
  await world.fault({ platform: 'google-ads', fault: 'wrong-body', operation: 'search' })
  expect((await failureOf(platform.check())).kind).toBe('transient')
})
