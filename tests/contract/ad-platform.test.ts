import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PlannedStep } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { AdPlatform, ReportRow } from '#functions/ports/index.ts'
import { type SandboxWorld, sandboxWorld } from '#tests/support/sandbox-world.ts'
import { amazonContractSubject } from '#tests/support/subjects/amazon-ads.ts'
import { askedGoogleAdsSubject } from '#tests/support/subjects/asked-google-ads.ts'
import { briefFor, segment } from '#tests/support/subjects/brief.ts'
import { googleAdsSubject } from '#tests/support/subjects/google-ads.ts'
import { metaSubject } from '#tests/support/subjects/meta.ts'
import type { Subject } from '#tests/support/subjects/subject.ts'

/** What every ad platform's adapter promises, over the wire of that platform. */

const SUBJECTS: [string, (world: SandboxWorld) => Promise<Subject>][] = [
  ['meta', metaSubject],
  ['google-ads', googleAdsSubject],
  ['amazon-ads', amazonContractSubject],
  ['google-ads, asked for', askedGoogleAdsSubject],
]
const HOUR = 3_600_000
const DAY = 24 * HOUR

let world: SandboxWorld
beforeEach(async () => {
  world = await sandboxWorld()
})
afterEach(() => world.stop())

type Made = Record<string, string>

async function createAll(platform: AdPlatform, steps: readonly PlannedStep[]): Promise<Made> {
  const made: Made = {}
  for (const step of steps) made[step.key] = await platform.create(step, made)
  return made
}

/** A campaign that is made, paused. */
async function published(subject: Subject, changes: Parameters<typeof briefFor>[1] = {}) {
  const platform = await subject.open()
  const { steps } = await platform.plan(briefFor(subject, changes))
  return { platform, steps, made: await createAll(platform, steps) }
}

async function running(subject: Subject) {
  const campaign = await published(subject)
  await campaign.platform.set(campaign.made, 'active')
  world.advance(HOUR)
  expect(await campaign.platform.state(campaign.made)).toMatchObject({ confirmed: 'active' })
  return campaign
}

const failureOf = async (work: Promise<unknown>): Promise<PlatformFailure> => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof PlatformFailure)) throw new Error(`No PlatformFailure: ${String(thrown)}`)
  return thrown
}

const spendOf = async (id: string | undefined): Promise<number> => {
  const { campaigns } = await world.books()
  return campaigns.find((each) => each.id === id)?.days.reduce((sum, day) => sum + day.spendMicros, 0) ?? 0
}

async function wholeReport(platform: AdPlatform, since: string, until: string): Promise<ReportRow[]> {
  const rows: ReportRow[] = []
  let token: string | null = null
  for (let asked = 0; asked < 50; asked++) {
    const step = await platform.report({ grain: 'days', since, until }, token)
    token = step.token
    if (step.state === 'page') {
      rows.push(...step.rows)
      if (token === null) return rows
    }
  }
  throw new Error('The report does not end')
}

describe.each(SUBJECTS)('%s', (_, make) => {
  let subject: Subject
  beforeEach(async () => {
    subject = await make(world)
  })

  test('a check tells the account’s name, currency and zone', async () => {
    const platform = await subject.open()
    const { accountName, currency, timeZone } = subject.connection
    expect(await platform.check()).toEqual({ accountName, currency, timeZone })
  })

  test('a plan has no side effect, says what segments became, and what it can cost at most', async () => {
    const platform = await subject.open()
    const before = (await world.books()).objects
    const segments = [segment('seg_data', ['Python', 'SQL'], ['Bogotá'])]
    const plan = await platform.plan(briefFor(subject, { segments }))
    expect((await world.books()).objects).toEqual(before)
    const { became = [], leftOut = [] } = plan.targeting[0] ?? {}
    expect(became.length).toBeGreaterThan(0)
    const said = [...became.map(({ from }) => from), ...leftOut.map(({ trait }) => trait)]
    for (const trait of ['Python', 'SQL', 'Bogotá']) expect(said).toContain(trait)
    expect(leftOut).toContainEqual({ trait: 'master', why: 'employment ads may not target education' })
    expect(plan.mostOnOneDay.minor).toBeGreaterThan(2000)
    expect(plan.mostItCanCost.minor).toBeGreaterThanOrEqual(31 * 2000 * 0.9)
    const everywhere = (await platform.plan(briefFor(subject))).targeting.flatMap((each) => each.became)
    for (const { kind, name } of everywhere) if (kind === 'country') expect(name).toMatch(/^[A-Z]{2}$/)
    const again = await platform.plan(briefFor(subject, { segments }))
    expect(again).toEqual(plan)
  })

  test('what is created is paused, and costs nothing as long as it is', async () => {
    const { platform, made } = await published(subject)
    expect(await platform.state(made)).toEqual({ confirmed: 'paused', message: null })
    world.advance(3 * DAY)
    expect(await spendOf(made.campaign)).toBe(0)
  })

  test('a step is found by exactly its name, and nothing else is', async () => {
    const { platform, steps, made } = await published(subject)
    const [step] = steps
    if (!step?.name) throw new Error('The first step has a name')
    expect((await platform.find(step, made)).map(({ id }) => id)).toEqual([made[step.key]])
    expect(await platform.find({ ...step, name: `${step.name}0` }, made)).toEqual([])
    expect(await platform.find({ ...step, name: step.name.slice(0, -1) }, made)).toEqual([])
  })

  test('an answer that was lost is ambiguous, and the look-up finds the one that was made', async () => {
    const platform = await subject.open()
    const { steps } = await platform.plan(briefFor(subject))
    const [step] = steps
    if (!step) throw new Error('The plan has a step')
    await world.fault({ platform: subject.key, fault: 'answer-lost', operation: 'create' })
    expect((await failureOf(platform.create(step, {}))).kind).toBe('ambiguous')
    expect(await platform.find(step, {})).toHaveLength(1)
    expect((await world.books()).objects.filter(({ kind, deleted }) => kind === 'campaign' && !deleted)).toHaveLength(1)
  })

  test('set to active it is reviewed and then delivers; setting what is set is no error', async () => {
    const { platform, made } = await published(subject)
    await platform.set(made, 'active')
    expect(await platform.state(made)).toMatchObject({ confirmed: 'in_review' })
    world.advance(HOUR)
    expect(await platform.state(made)).toEqual({ confirmed: 'active', message: null })
    await platform.set(made, 'active')
    world.advance(2 * DAY)
    expect(await spendOf(made.campaign)).toBeGreaterThan(0)
    await platform.set(made, 'paused')
    await platform.set(made, 'paused')
    expect(await platform.state(made)).toEqual({ confirmed: 'paused', message: null })
  })

  test('a rejected ad says so in the platform’s words', async () => {
    const creative = {
      primaryText: 'Ingresos garantizados para ti. Postúlate hoy y gana.',
      headline: 'Ingresos garantizados',
      description: '',
      image: null,
      url: 'https://jobs.example.com/1',
      copyBy: 'person' as const,
    }
    const { platform, made } = await published(subject, { campaign: { creative } })
    await platform.set(made, 'active')
    world.advance(HOUR)
    const state = await platform.state(made)
    expect(state.confirmed).toBe('rejected')
    expect(state.message).toContain('cannot guarantee')
    expect(await platform.stopped()).toContain(made.campaign)
  })

  test('an update brings the platform to the new budget and copy, and twice is once', async () => {
    const { platform, made } = await running(subject)
    const creative = {
      ...briefFor(subject).campaign.creative,
      headline: 'Backend en Bogotá',
      primaryText: 'Un equipo nuevo en Bogotá te espera. Conoce la vacante y postúlate.',
    }
    const campaign = { dailyBudget: { minor: 3500, currency: 'USD' }, creative }
    const { steps } = await platform.plan(briefFor(subject, { campaign }))
    // Texts of a creative cannot be changed on every platform; what cannot is made anew by the plan's owner.
    const changeable = steps.filter(({ level }) => level === 'campaign')
    for (const step of [...changeable, ...changeable]) await platform.update(step, made)
    const stored = (await world.books()).objects.find(({ id }) => id === made.campaign)
    expect(stored?.fields.daily_budget).toBe('3500')
  })

  test('what is removed is gone, and removing it again is no error', async () => {
    const { platform, made } = await published(subject)
    await platform.remove('campaign', made.campaign ?? '')
    expect((await platform.state(made)).confirmed).toBe('gone')
    await platform.remove('campaign', made.campaign ?? '')
  })

  test('campaigns that do not deliver are listed', async () => {
    const { platform, made } = await running(subject)
    expect(await platform.stopped()).not.toContain(made.campaign)
    await platform.set(made, 'paused')
    expect(await platform.stopped()).toContain(made.campaign)
  })

  test('the report equals the books day by day, to the micro', async () => {
    const { platform, made } = await running(subject)
    world.advance(6 * DAY)
    const rows = await wholeReport(platform, '2026-11-01', '2026-11-30')
    const { campaigns } = await world.books()
    const days = campaigns.find(({ id }) => id === made.campaign)?.days ?? []
    expect(days.length).toBeGreaterThan(5)
    const figures = rows
      .filter(({ externalId }) => externalId === made.campaign)
      .map(({ since, counts }) => ({ date: since, ...counts, reach: undefined }))
      .sort((a, b) => a.date.localeCompare(b.date))
    expect(figures).toEqual(
      days.map(({ date, impressions, linkClicks, spendMicros, applications }) => ({
        ...{ date, impressions, spendMicros, applications },
        clicks: linkClicks,
        reach: undefined,
      })),
    )
  })

  test('a token that no longer holds needs a person', async () => {
    const platform = await subject.open()
    await world.post('tokens', { token: subject.token, state: 'revoked' })
    const failure = await failureOf(platform.check())
    expect(failure.kind).toBe('auth')
    expect(JSON.stringify([failure.message, failure.details])).not.toContain(subject.token)
  })

  test('too many calls are told with a wait', async () => {
    const platform = await subject.open()
    await world.fault({ platform: subject.key, fault: '429', operation: 'any', times: 'always', delaySeconds: 30 })
    const failure = await failureOf(platform.stopped())
    expect(failure.kind).toBe('throttled')
    expect(failure.details.retryAfterSeconds).toBeGreaterThanOrEqual(30)
  })

  test('what the platform will never accept is a refusal in its own words', async () => {
    const platform = await subject.open()
    const { steps } = await platform.plan(briefFor(subject))
    const [step] = steps
    const payload = JSON.parse(
      JSON.stringify(step?.payload)
        .replace(/(?<="(?:dailyBudgetMicros|daily_budget)":"?)\d+/, '1')
        .replace(/(?<="budget":)\d+/, '0.5'),
    )
    const failure = await failureOf(platform.create({ ...(step as PlannedStep), payload }, {}))
    expect(failure.kind).toBe('refusal')
    expect(failure.details.userMessage).toMatch(/budget|multiple/i)
  })
})
