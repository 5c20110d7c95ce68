import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AdPlatform, ReportRow } from '#functions/ports/index.ts'
import { type SandboxWorld, sandboxWorld } from '#tests/support/sandbox-world.ts'
import { briefFor } from '#tests/support/subjects/brief.ts'
import { googleAdsSubject } from '#tests/support/subjects/google-ads.ts'

/** Google's report is one stream; it may break off, and its newest days may still change. */

const DAY = 86_400_000
let world: SandboxWorld
let platform: AdPlatform
beforeEach(async () => {
  world = await sandboxWorld()
  const subject = await googleAdsSubject(world)
  platform = await subject.open()
  const [step] = (await platform.plan(briefFor(subject))).steps
  if (!step) throw new Error('no step')
  await platform.set({ campaign: await platform.create(step, {}) }, 'active')
  world.advance(4 * DAY)
})
afterEach(() => world.stop())

async function report(): Promise<ReportRow[]> {
  const answer = await platform.report({ grain: 'days', since: '2026-11-20', until: '2026-11-24' }, null)
  return answer.state === 'page' ? answer.rows : []
}
const spent = (rows: ReportRow[]) => rows.reduce((sum, { counts }) => sum + counts.spendMicros, 0)

test('a stream that breaks off is no report: half of it is never taken for the whole', async () => {
  const whole = await report()
  expect(whole).toHaveLength(5)
  await world.fault({ platform: 'google-ads', fault: 'page-2-failure', operation: 'search' })
  await expect(report()).rejects.toMatchObject({ name: 'PlatformFailure', kind: 'transient' })
  expect(await report()).toEqual(whole)
})

test('days whose figures come late are not in it, and are in a later one', async () => {
  const whole = await report()
  await world.fault({ platform: 'google-ads', fault: 'late-metrics', operation: 'search', delaySeconds: 86_400 })
  const late = await report()
  expect(late.map(({ since }) => since)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
  expect(await report()).toEqual(whole)
})

test('days that are restated have other figures later', async () => {
  const whole = await report()
  await world.fault({ platform: 'google-ads', fault: 'restated-metrics', operation: 'search', delaySeconds: 86_400 })
  const early = await report()
  expect(early).toHaveLength(whole.length)
  expect(spent(early)).toBeLessThan(spent(whole))
  expect(early.slice(0, 3)).toEqual(whole.slice(0, 3))
})
