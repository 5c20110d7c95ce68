import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { amazonPlatform } from '#functions/adapters/amazon-ads/platform.ts'
import type { AdPlatform, ReportRow } from '#functions/ports/index.ts'
import { IBERIA_PROFILE } from '#local/sandbox/amazon-ads/accounts.ts'
import { booksOf, kindOf, publish } from '#tests/support/amazon-books.ts'
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
const books = () => booksOf(subject)

const SEGMENTS = [segmentOf('seg_data', ['Python', 'SQL'], ['Bogotá']), segmentOf('seg_care', ['Nursing'])]

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

describe('figures', () => {
  test('are the books to the micro, day by day, over two stretches of days', async () => {
    await publish(platform, briefOf({}, SEGMENTS))
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
    const made = await publish(platform)
    subject.clock.advance(5 * DAY)
    const running = await platform.report({ grain: 'lifetime' }, null)
    const page = await platform.report({ grain: 'lifetime' }, running.token)
    if (page.state !== 'page') throw new Error('not there yet')
    expect(page.rows).toHaveLength(1)
    expect(page.rows[0]).toMatchObject({ externalId: made.campaign, until: '2026-11-25' })
    expect(page.rows[0]?.counts.reach).toBeGreaterThan(0)
  })

  test('two segments are delivered differently', async () => {
    await publish(platform, briefOf({}, SEGMENTS))
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
    await publish(platform)
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
