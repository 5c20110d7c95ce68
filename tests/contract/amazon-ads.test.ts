import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AdPlatform } from '#functions/ports/index.ts'
import { booksOf, kindOf, make, publish } from '#tests/support/amazon-books.ts'
import { briefOf, segmentOf } from '#tests/support/brief.ts'
import { type AmazonAdsSubject, amazonAdsSubject } from '#tests/support/subjects/amazon-ads.ts'

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
    const made = await make(platform, await platform.plan(briefOf({}, SEGMENTS)))
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
    const made = await publish(platform)
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
    const made = await publish(platform)
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
    const made = await publish(platform, briefOf({ creative }))
    subject.clock.advance(DAY / 24)
    expect(await platform.state(made)).toEqual({
      confirmed: 'rejected',
      message: expect.stringContaining('must not promise incomes'),
    })
    expect(await platform.stopped()).toEqual([made.campaign])
  })

  test('what was archived over there is gone', async () => {
    const made = await publish(platform)
    await platform.remove('campaign', made.campaign ?? '')
    expect((await platform.state(made)).confirmed).toBe('gone')
    expect((await books()).objects.find(({ kind }) => kind === 'campaign')?.deleted).toBe(true)
  })
})
