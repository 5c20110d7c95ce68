import { beforeAll, describe, expect, test } from 'vitest'
import { PLATFORMS } from '#domain/ids.ts'
import type { PauseBound } from '#domain/pause-bound.ts'
import { boundOfHalt } from '#functions/capabilities/campaigns/bound-of-halt.ts'
import { flipSwitch } from '#functions/capabilities/control/flip-switch.ts'
import { paceOf } from '#functions/lib/manifest.ts'
import { CAUSE } from '#tests/support/world.ts'
import { type Begun, manyCampaigns } from './many-campaigns.ts'
import { ORG } from './organisation.ts'
import { isStopped } from './switch-watch.ts'

const CAMPAIGNS = 1000
/** Others are being published at that moment. */
const UNDER_WAY = 10
const CHANNELS = (CAMPAIGNS + UNDER_WAY) * PLATFORMS.length
/** The longest that an answer of the simulated database travels: a worker that was told "running" sends its one call within it. */
const ANSWER_MS = 30
const MINUTE_S = 60

describe('a thousand campaigns run on three platforms each, ten more are being published, and the switch is flipped', () => {
  let bound: PauseBound
  let after: Begun[]
  let pausedWithin: number
  let told: string[]
  let world: Awaited<ReturnType<typeof manyCampaigns>>
  let shares = { commits: 0, left: 0 }
  const tooEarly: string[] = []

  beforeAll(async () => {
    world = await manyCampaigns(CAMPAIGNS)
    const { accounts, calls, cloud, delivering, disk, publish, rest, store, time } = world
    expect(delivering()).toBe(CAMPAIGNS * PLATFORMS.length)
    for (let n = 1; n <= UNDER_WAY; n++) await publish(`job_of_${n}`)
    await time.run(time.elapsed() + 3000)
    const LEDGER = `orgs/${ORG}/ledger/daily`
    let commits = 0
    let flippedAt = 0
    let stillAt = 0
    disk.observe((changes) => {
      if (!flippedAt && isStopped(disk)) flippedAt = time.now()
      const change = changes.find(({ path }) => path === LEDGER)
      if (!change || !flippedAt) return
      commits++
      tooEarly.push(...givenBack(change).filter((channel) => world.runs(channel)))
    })
    for (const { books } of Object.values(accounts))
      books.observe(() => {
        if (flippedAt && delivering() === 0) stillAt ||= time.now()
      })
    cloud.act('flip', async (ports) => {
      await flipSwitch(ports, ORG, CAUSE, { state: 'stopped', why: 'The budgets are wrong' })
      bound = await boundOfHalt({ store, clock: { now: () => new Date(time.now()) } }, ORG, paceOf)
    })
    await rest(3600)
    after = calls.filter(({ at }) => at >= flippedAt).map((call) => ({ ...call, at: call.at - flippedAt }))
    pausedWithin = (stillAt - flippedAt) / 1000
    told = [...disk.group('channels')].map(({ data }) => String(data.status))
    await time.run(time.elapsed() + 2 * MINUTE_S * 1000)
    shares = { commits, left: Object.keys(Object(disk.read(LEDGER)?.data.reserved)).length }
    console.info(`${bound.text}; it took ${pausedWithin} s of virtual time`)
  }, 240_000)

  test('all of them stand still on their platforms within a minute, or within the bound that was told where that is longer', () => {
    expect(world.delivering()).toBe(0)
    expect(pausedWithin).toBeGreaterThan(0)
    expect(pausedWithin).toBeLessThanOrEqual(Math.max(MINUTE_S, bound.seconds ?? 0))
    expect(told).toEqual(Array(CHANNELS).fill('KILLED'))
  })

  test('the bound that was told holds', () => {
    expect(bound).toMatchObject({ campaigns: CAMPAIGNS + UNDER_WAY, channels: CHANNELS })
    expect(pausedWithin).toBeLessThanOrEqual(bound.seconds ?? 0)
  })

  test('no call but pauses begins, except where the switch’s last "running" was still on its way', () => {
    const others = after.filter(({ method }) => method !== 'pause')
    expect(others.filter(({ at }) => at > ANSWER_MS)).toEqual([])
    expect(others.length).toBeLessThanOrEqual(UNDER_WAY * PLATFORMS.length)
    expect(after.length - others.length).toBeGreaterThanOrEqual(CAMPAIGNS * PLATFORMS.length)
  })

  test('their shares of the daily cap come back after the platform’s word, in few commits and to the last one', () => {
    expect(tooEarly).toEqual([])
    expect(shares.left).toBe(0)
    expect(shares.commits).toBeLessThan(CHANNELS / 50)
  })
})

const givenBack = ({ before, after }: { before: object | undefined; after: object | undefined }): string[] => {
  const shares = (ledger: object | undefined): object => (ledger as { reserved?: object } | undefined)?.reserved ?? {}
  return Object.keys(shares(before)).filter((id) => !(id in shares(after)))
}
