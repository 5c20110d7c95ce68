import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ChannelPlan } from '#domain/plan.ts'
import { amazonPlatform } from '#functions/adapters/amazon-ads/platform.ts'
import type { AdPlatform, Brief, Made, ReportRow } from '#functions/ports/index.ts'
import { IBERIA_PROFILE } from '#local/sandbox/amazon-ads/accounts.ts'
import { briefOf, segmentOf } from '#tests/support/brief.ts'
import { type AmazonAdsSubject, amazonAdsSubject, connectionOf, secretOf } from '#tests/support/subjects/amazon-ads.ts'

let subject: AmazonAdsSubject
let platform: AdPlatform
beforeEach(async () => {
  subject = await amazonAdsSubject()
  platform = subject.open()
})
afterEach(() => subject.stop())

const DAY = 86_400_000

const Books = z.object({
  objects: z.array(
    z.object({
      ...{ id: z.string(), kind: z.string(), platform: z.string(), status: z.string(), deleted: z.boolean() },
      fields: z.record(z.string(), z.unknown()),
      history: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
  campaigns: z.array(
    z.object({
      id: z.string(),
      days: z.array(
        z.object({
          ...{ date: z.string(), impressions: z.int(), linkClicks: z.int(), spendMicros: z.int() },
          applications: z.int(),
        }),
      ),
    }),
  ),
  calls: z.record(z.string(), z.int()),
})
const books = async () => Books.parse(await subject.control('GET', 'books'))

async function make(plan: ChannelPlan, over: AdPlatform = platform): Promise<Made> {
  const made: Record<string, string> = {}
  for (const step of plan.steps) made[step.key] = await over.create(step, made)
  return made
}

const publish = async (brief: Brief = briefOf()): Promise<Made> => {
  const made = await make(await platform.plan(brief))
  await platform.set(made, 'active')
  return made
}

async function reported(days: { since: string; until: string }): Promise<ReportRow[]> {
  const rows: ReportRow[] = []
  let token: string | null = null
  for (let asked = 0; asked < 50; asked++) {
    const step = await platform.report({ grain: 'days', ...days }, token)
    if (step.state === 'page') rows.push(...step.rows)
    token = step.token
    if (token === null) return rows
  }
  throw new Error('the report does not end')
}

const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { kind?: string }) => error.kind ?? String(error),
  )

const SEGMENTS = [segmentOf('seg_data', ['Python', 'SQL'], ['Bogotá']), segmentOf('seg_care', ['Nursing'])]

describe('planning', () => {
  test('changes nothing, names every object by a token, and says what it left out', async () => {
    const plan = await platform.plan(briefOf({ countries: ['US', 'CO'] }, SEGMENTS))
    expect((await books()).objects).toEqual([])
    expect(plan.steps.map(({ level }) => level)).toEqual([
      ...['campaign', 'ad-group', 'target', 'target', 'creative', 'ad'],
      ...['ad-group', 'target', 'creative', 'ad'],
    ])
    for (const step of plan.steps) expect(step.name).toMatch(/ ~[0-9a-z]{12}$/)
    expect(plan.steps[0]?.payload).toMatchObject({ budget: 20, startDate: '20261120', endDate: '20261220' })
    const [data, care] = plan.targeting
    expect(data?.became.map(({ name }) => name)).toEqual(['US', 'Python (programming language)', 'SQL'])
    expect(care?.became.map(({ name }) => name)).not.toEqual(data?.became.map(({ name }) => name))
    expect(data?.leftOut.map(({ trait }) => trait)).toEqual(['CO', 'Bogotá', 'master'])
    expect(JSON.stringify(plan.steps)).not.toMatch(/"(age|gender|postal|zip)/i)
    expect(plan.mostOnOneDay.minor).toBe(4000)
  })
})

describe('making', () => {
  test('everything is made paused, under the ids that the platform gave', async () => {
    const made = await make(await platform.plan(briefOf({}, SEGMENTS)))
    const { objects } = await books()
    expect(objects).toHaveLength(Object.keys(made).length)
    for (const { kind, history } of objects)
      if (kind !== 'creative') expect(history[0], kind).toMatchObject({ action: 'created', status: 'PAUSED' })
    for (const id of Object.values(made)) expect(Number.isSafeInteger(Number(id))).toBe(false)
    expect(objects.map(({ id }) => id).sort()).toEqual(Object.values(made).sort())
    expect(await platform.state(made)).toEqual({ confirmed: 'paused', message: null })
  })

  test('a create whose answer is lost is ambiguous, and found once whatever it is', async () => {
    const plan = await platform.plan(briefOf({}, [SEGMENTS[0] ?? segmentOf('x', [])]))
    const made: Record<string, string> = {}
    for (const step of plan.steps) {
      await subject.fault({ fault: 'answer-lost', operation: 'create' })
      expect(await platform.find(step, made), step.key).toEqual([])
      expect(await kindOf(platform.create(step, made)), step.key).toBe('ambiguous')
      const found = await platform.find(step, made)
      expect(found, step.key).toHaveLength(1)
      made[step.key] = found[0]?.id ?? ''
    }
    expect((await books()).objects).toHaveLength(plan.steps.length)
  })

  test('a create that lands late is found when it has landed', async () => {
    const [step] = (await platform.plan(briefOf())).steps
    if (!step) throw new Error('no step')
    await subject.fault({ fault: 'late-landing', operation: 'create-campaign', delaySeconds: 60, clock: 'virtual' })
    expect(await kindOf(platform.create(step, {}))).toBe('ambiguous')
    expect(await platform.find(step, {})).toEqual([])
    subject.clock.advance(61_000)
    expect(await platform.find(step, {})).toHaveLength(1)
  })

  test('of two objects of one name the oldest comes first; a removed one is not found', async () => {
    const [step] = (await platform.plan(briefOf())).steps
    if (!step) throw new Error('no step')
    const first = await platform.create(step, {})
    const second = await platform.create(step, {})
    expect((await platform.find(step, {})).map(({ id }) => id)).toEqual([first, second])
    await platform.remove('campaign', second)
    await platform.remove('campaign', second)
    expect((await platform.find(step, {})).map(({ id }) => id)).toEqual([first])
  })

  test('an update brings name, budget, end and headline to the new plan, without pausing what runs', async () => {
    const made = await publish()
    const creative = { ...briefOf().campaign.creative, headline: 'Otra cosa' }
    const more = { dailyBudget: { minor: 3550, currency: 'USD' }, endsOn: '2026-12-24', creative }
    for (const step of (await platform.plan(briefOf(more))).steps) {
      await platform.update(step, made)
      await platform.update(step, made)
    }
    const { objects } = await books()
    const campaign = objects.find(({ kind }) => kind === 'campaign')
    expect(campaign?.fields).toMatchObject({ daily_budget: '3550', status: 'ACTIVE' })
    expect(campaign?.fields.amazon).toMatchObject({ budget: 35.5, endDate: '20261224', state: 'enabled' })
    expect(JSON.stringify(objects.find(({ kind }) => kind === 'creative')?.fields)).toContain('Otra cosa')
  })
})

describe('running', () => {
  test('it is in review, then active, then paused; the campaign is enabled last', async () => {
    const made = await publish()
    expect((await platform.state(made)).confirmed).toBe('in_review')
    subject.clock.advance(DAY / 24)
    expect((await platform.state(made)).confirmed).toBe('active')
    expect(await platform.stopped()).toEqual([])
    await platform.set(made, 'paused')
    await platform.set(made, 'paused')
    expect((await platform.state(made)).confirmed).toBe('paused')
    expect(await platform.stopped()).toEqual([made.campaign])
    const { calls } = (await subject.control('GET', 'calls?operation=update')) as { calls: { path: string }[] }
    const order = calls.map(({ path }) => path).reverse()
    expect(order.slice(0, 3)).toEqual(['/sd/productAds', '/sd/adGroups', '/sd/campaigns'])
  })

  test('a refused ad says why, in the platform’s words, and counts as stopped', async () => {
    const creative = { ...briefOf().campaign.creative, headline: 'Guaranteed income' }
    const made = await publish(briefOf({ creative }))
    subject.clock.advance(DAY / 24)
    expect(await platform.state(made)).toEqual({
      confirmed: 'rejected',
      message: expect.stringContaining('must not promise incomes'),
    })
    expect(await platform.stopped()).toEqual([made.campaign])
  })

  test('what was archived over there is gone', async () => {
    const made = await publish()
    await platform.remove('campaign', made.campaign ?? '')
    expect((await platform.state(made)).confirmed).toBe('gone')
    expect((await books()).objects.find(({ kind }) => kind === 'campaign')?.deleted).toBe(true)
  })
})

describe('figures', () => {
  test('are the books to the micro, day by day, over two stretches of days', async () => {
    await publish(briefOf({}, SEGMENTS))
    subject.clock.advance(40 * DAY)
    const rows = await reported({ since: '2026-11-20', until: '2026-12-30' })
    const [campaign] = (await books()).campaigns
    const days = campaign?.days ?? []
    expect(days.length).toBeGreaterThan(25)
    expect(
      rows.map(({ externalId, since, counts: { reach: _, ...counts } }) => ({ externalId, since, ...counts })),
    ).toEqual(
      days.map((day) => ({
        ...{ externalId: campaign?.id, since: day.date, impressions: day.impressions, clicks: day.linkClicks },
        ...{ spendMicros: day.spendMicros, applications: day.applications },
      })),
    )
    const spent = days.reduce((sum, day) => sum + day.spendMicros, 0)
    expect(spent).toBeGreaterThan(0)
    expect(spent).toBeLessThanOrEqual(31 * 20_000_000)
    expect(days.reduce((sum, day) => sum + day.applications, 0)).toBeGreaterThan(0)
  })

  test('the reach of the longest range is one row per campaign', async () => {
    const made = await publish()
    subject.clock.advance(5 * DAY)
    const running = await platform.report({ grain: 'lifetime' }, null)
    const page = await platform.report({ grain: 'lifetime' }, running.token)
    if (page.state !== 'page') throw new Error('not there yet')
    expect(page.rows).toHaveLength(1)
    expect(page.rows[0]).toMatchObject({ externalId: made.campaign, until: '2026-11-25' })
    expect(page.rows[0]?.counts.reach).toBeGreaterThan(0)
  })

  test('two segments are delivered differently', async () => {
    await publish(briefOf({}, SEGMENTS))
    const { objects } = await books()
    const targeting = objects
      .filter(({ kind }) => kind === 'adset')
      .map(({ fields }) => JSON.stringify(fields.targeting))
    expect(new Set(targeting).size).toBe(2)
  })
})

describe('reports on a bad day', () => {
  const query = { grain: 'days', since: '2026-11-20', until: '2026-11-26' } as const

  test('a report that is running already is adopted, not begun again', async () => {
    await subject.stop()
    subject = await amazonAdsSubject({ reportSeconds: 3600 })
    platform = subject.open()
    const first = await platform.report(query, null)
    const second = await platform.report(query, null)
    expect(second).toEqual(first)
    expect(first.token).toMatch(/^run:2026-11-20:[0-9a-f-]{36}$/)
    expect(await platform.report(query, first.token)).toEqual(first)
  })

  test('a broken gzip is tried again', async () => {
    await publish()
    subject.clock.advance(2 * DAY)
    const { token } = await platform.report(query, null)
    await subject.fault({ fault: 'corrupt-report', operation: 'read-report' })
    expect(await kindOf(platform.report(query, token))).toBe('transient')
    expect(await platform.report(query, token)).toMatchObject({ state: 'page' })
  })

  test('an expired link is asked for afresh; a failed report is tried again', async () => {
    const { token } = await platform.report(query, null)
    await subject.fault({ fault: 'expired-token', operation: 'read-report' })
    expect(await platform.report(query, token)).toMatchObject({ state: 'page', token: null })
    await subject.fault({ fault: 'report-failed', operation: 'create-report' })
    const failing = await platform.report(query, null)
    expect(await kindOf(platform.report(query, failing.token))).toBe('transient')
  })
})

describe('what goes wrong', () => {
  const cases: [fault: object, kind: string][] = [
    [{ fault: '429', delaySeconds: 7 }, 'throttled'],
    [{ fault: 'html-429' }, 'throttled'],
    [{ fault: '500' }, 'ambiguous'],
    [{ fault: 'html-502' }, 'ambiguous'],
    [{ fault: 'wrong-body' }, 'ambiguous'],
    [{ fault: 'mixed-rows' }, 'throttled'],
    [{ fault: 'expired-token' }, 'auth'],
  ]
  test.each(cases)('%j at a create is %s', async (fault, kind) => {
    const [step] = (await platform.plan(briefOf())).steps
    if (!step) throw new Error('no step')
    await subject.fault({ operation: 'create-campaign', ...fault })
    expect(await kindOf(platform.create(step, {}))).toBe(kind)
    expect(await kindOf(platform.create(step, {}))).toBe('done')
  })

  test('a throttled call says how long to wait', async () => {
    await subject.fault({ fault: '429', operation: 'read', delaySeconds: 7 })
    await expect(platform.check()).rejects.toMatchObject({ kind: 'throttled', details: { retryAfterSeconds: 7 } })
  })

  test('a refused budget comes back in the platform’s words', async () => {
    const [step] = (await platform.plan(briefOf({ dailyBudget: { minor: 1, currency: 'USD' } }))).steps
    if (!step) throw new Error('no step')
    await expect(platform.create(step, {})).rejects.toMatchObject({
      kind: 'refusal',
      details: { userMessage: expect.stringContaining('at least 1.00 USD') },
    })
  })

  test('a read whose access token was not taken is done with a fresh one', async () => {
    await platform.check()
    const before = (await books()).calls['amazon-ads.token'] ?? 0
    await subject.fault({ fault: 'expired-token', operation: 'read' })
    expect(await platform.check()).toEqual({
      accountName: 'Talento Andes',
      currency: 'USD',
      timeZone: 'America/Bogota',
    })
    expect((await books()).calls['amazon-ads.token']).toBe(before + 1)
  })

  test('a revoked connection is an affair of people; nothing that is said holds a secret', async () => {
    const secret = JSON.parse(secretOf(IBERIA_PROFILE))
    await subject.control('POST', 'tokens', { token: secret.refreshToken, state: 'revoked' })
    const revoked = amazonPlatform(connectionOf(IBERIA_PROFILE, 'eu'), secretOf(IBERIA_PROFILE), subject.clock)
    const error = await revoked.check().catch((cause: Error) => cause)
    expect(error).toMatchObject({ kind: 'auth', details: { code: 'invalid_grant' } })
    for (const part of Object.values(secret)) expect(JSON.stringify(error)).not.toContain(part)
  })

  test('a profile is unknown in another region, as on the platform', async () => {
    const astray = amazonPlatform(connectionOf(IBERIA_PROFILE, 'na'), secretOf(IBERIA_PROFILE), subject.clock)
    expect(await kindOf(astray.check())).toBe('auth')
    const right = amazonPlatform(connectionOf(IBERIA_PROFILE, 'eu'), secretOf(IBERIA_PROFILE), subject.clock)
    expect(await right.check()).toEqual({ accountName: 'Talento Iberia', currency: 'EUR', timeZone: 'Europe/Madrid' })
  })
})
