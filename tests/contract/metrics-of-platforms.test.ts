import { expect, test } from 'vitest'
import type { PlatformKey } from '#domain/ids.ts'
import { rowOf, type Told, telling, toldWorld } from '#tests/support/told-platforms.ts'

/** One campaign on several platforms, each of which reports its own part of the same days. */

const BOTH: Partial<Record<PlatformKey, Told>> = {
  meta: { days: { '2026-11-18': 10, '2026-11-19': 20 }, lifetime: 25 },
  'amazon-ads': { days: { '2026-11-19': 3, '2026-11-20': 4 }, lifetime: 6 },
}

async function synced(...keys: PlatformKey[]) {
  const reports = keys.map((key) => [key, telling(key, () => BOTH[key] ?? { days: {}, lifetime: 0 })] as const)
  const world = await toldWorld(Object.fromEntries(reports))
  await world.start()
  await world.drain()
  return world
}

test('a day on which several platforms served is one row, with the sum of them', async () => {
  const { read } = await synced('meta', 'amazon-ads')
  const whole = await read()
  expect(whole).toMatchObject({ clicks: 37, impressions: 3700, spendMicros: 37_000_000, applications: 37 })
  expect(whole.days.map(({ day, clicks }) => [day, clicks])).toEqual([
    ['2026-11-18', 10],
    ['2026-11-19', 23],
    ['2026-11-20', 4],
  ])
  const narrow = await read({ since: '2026-11-19', until: '2026-11-19' })
  expect(narrow).toMatchObject({ clicks: 23, days: [{ day: '2026-11-19' }] })
})

test('reach is nobody’s sum: it is told of a campaign on one platform, and of a day that one platform reports', async () => {
  const several = await (await synced('meta', 'amazon-ads')).read()
  expect(several).toMatchObject({ reach: null, reachRange: null })
  expect(several.days.map(({ reach }) => reach)).toEqual([10, null, 4])

  const one = await (await synced('meta')).read()
  expect(one).toMatchObject({ reach: 25, reachRange: { since: '2026-11-18', until: '2026-11-20' } })
})

test('a platform without pages may answer 8,000 campaigns’ month at once', async () => {
  const month = Array.from({ length: 28 }, (_, n) => new Date(Date.UTC(2026, 9, 24 + n)).toISOString().slice(0, 10))
  const world = await toldWorld({
    'google-ads': async ({ grain }) => {
      const others = Array.from({ length: grain === 'days' ? 8000 : 0 }, (_, n) =>
        month.map((day) => rowOf(`other-${n}`, day, day, 1, 1)),
      ).flat()
      return { state: 'page', token: null, rows: [...others, rowOf('google-ads-1', '2026-11-20', '2026-11-20', 5, 5)] }
    },
  })
  await world.start()
  await world.drain()
  expect(await world.read()).toMatchObject({ clicks: 5 })
})

test('a report that never ends is no report: nothing is written of it', async () => {
  const world = await toldWorld({
    meta: async () => ({ state: 'page', token: 'more', rows: [rowOf('meta-1', '2026-11-20', '2026-11-20', 5, 5)] }),
  })
  await world.start()
  const task = world.waiting.shift()
  expect(task && (await world.deliver(task))).toBe('retry')
  expect(await world.read()).toMatchObject({ clicks: null, days: [] })
})
