import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ANDES_PROFILE, addProfile } from '#local/sandbox/amazon-ads/accounts.ts'
import { adsHost } from '#local/sandbox/amazon-ads/host.ts'
import { accessTokens } from '#local/sandbox/amazon-ads/token.ts'
import { callLog } from '#local/sandbox/calls.ts'
import { armFault } from '#local/sandbox/control/faults.ts'
import { deliveryLedger } from '#local/sandbox/delivery/ledger.ts'
import { faultBoard } from '#local/sandbox/faults.ts'
import { openJournal } from '#local/sandbox/journal.ts'
import { unlistedThings } from '#local/sandbox/meta/unlisted.ts'
import { DEFAULT_SETTINGS } from '#local/sandbox/settings.ts'
import { openWorld } from '#local/sandbox/world.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adflux-faults-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What so many calls of the platform are answered, one after the other, while these faults are armed. */
async function statuses(seed: string, calls: number, faults: object[]): Promise<number[]> {
  const clock = { now: () => Date.parse('2026-11-20T15:00:00Z'), advance: () => undefined }
  const { journal } = openJournal(mkdtempSync(join(folder, 'state-')))
  const world = openWorld(seed, { ...DEFAULT_SETTINGS, amazonPerSecond: 1e6 }, clock, journal, [])
  addProfile(world, ANDES_PROFILE)
  const board = faultBoard(seed)
  for (const fault of faults)
    armFault(board, Buffer.from(JSON.stringify({ platform: 'amazon-ads', times: 'always', ...fault })))
  const parts = {
    world,
    ledger: deliveryLedger(world),
    faults: board,
    calls: callLog(),
    unlisted: unlistedThings(clock),
  }
  const access = accessTokens()
  const refresh = world.tokens.get(ANDES_PROFILE.refreshToken) ?? expect.fail('no token')
  const headers = {
    authorization: `Bearer ${access.issue(refresh)}`,
    'amazon-advertising-api-clientid': ANDES_PROFILE.clientId,
    'amazon-advertising-api-scope': ANDES_PROFILE.id,
  }
  const host = adsHost(parts, access, 'na')
  const found: number[] = []
  for (let n = 0; n < calls; n++)
    found.push((await host({ method: 'GET', url: '/sd/campaigns', headers, body: Buffer.alloc(0) })).status)
  journal.close()
  return found
}

const FIFTH = [
  { fault: '429', rate: 0.1 },
  { fault: '500', rate: 1 / 9 },
]
const shareOf = (found: number[], ...wanted: number[]) =>
  found.filter((status) => wanted.includes(status)).length / found.length

test('of 10,000 calls a fifth is struck, half of it by 429 and half by 500', async () => {
  const found = await statuses('7', 10_000, FIFTH)
  expect(shareOf(found, 200)).toBeGreaterThan(0.79)
  expect(shareOf(found, 200)).toBeLessThan(0.81)
  expect(shareOf(found, 429)).toBeGreaterThan(0.09)
  expect(shareOf(found, 500)).toBeGreaterThan(0.09)
  expect(shareOf(found, 200, 429, 500)).toBe(1)
})

test('the same seed strikes the same calls, another one others', async () => {
  const first = await statuses('7', 300, FIFTH)
  expect(await statuses('7', 300, FIFTH)).toEqual(first)
  expect(await statuses('8', 300, FIFTH)).not.toEqual(first)
})

test('the rate goes from none to all', async () => {
  expect(shareOf(await statuses('7', 200, [{ fault: '429', rate: 0 }]), 200)).toBe(1)
  expect(shareOf(await statuses('7', 200, [{ fault: '429', rate: 1 }]), 429)).toBe(1)
})

test('a fault with a seed of its own strikes the same calls in every sandbox, whatever was armed before it', async () => {
  const seeded = { fault: '500', rate: 0.3, seed: 'tuesday' }
  const first = await statuses('7', 100, [seeded])
  expect(shareOf(first, 500)).toBeGreaterThan(0.1)
  expect(await statuses('8', 100, [{ fault: '429', rate: 0 }, seeded])).toEqual(first)
  expect(await statuses('7', 100, [{ ...seeded, seed: 'wednesday' }])).not.toEqual(first)
})
