import { expect, test } from 'vitest'
import { type FailureKind, PlatformFailure } from '#domain/platform-failure.ts'
import type { TaskRequest } from '#functions/ports/index.ts'
import type { Store } from '#functions/ports/store.ts'
import { ORG, type Told, telling, toldWorld } from '#tests/support/told-platforms.ts'

/** A worker reads a report, stands still, is taken for dead and wakes up when another has written newer figures. */

const OLD: Told = { days: { '2026-11-19': 10 }, lifetime: 4 }
const NEW: Told = { days: { '2026-11-19': 20, '2026-11-20': 5 }, lifetime: 9 }
const MINUTES = 60_000
/** More transactions than a sync of one campaign has. */
const ENOUGH = 30

interface Gate {
  reached: Promise<void>
  reach(): Promise<void>
  open(): void
}

/** Where a worker stands still until the test lets it go on. */
function gate(): Gate {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  return {
    reached: reached.promise,
    reach: () => {
      reached.resolve()
      return opened.promise
    },
    open: opened.resolve,
  }
}

/** The database of a worker that stands still before its nth transaction. */
function stalling(store: Store, n: number, at: Gate): Store {
  let transactions = 0
  return {
    ...store,
    transact: async (...args) => {
      if (++transactions === n) await at.reach()
      return store.transact(...args)
    },
  }
}

/** A sync that has just begun and finds old figures; `before` is what an earlier one has brought. */
async function begun(before: Told | null = null) {
  let told = before ?? OLD
  let failure: FailureKind | null = null
  const answer = telling('meta', () => told)
  const world = await toldWorld({
    meta: async (...args) => {
      if (failure) throw new PlatformFailure(failure, 'No')
      return answer(...args)
    },
  })
  if (before) {
    await world.start()
    await world.drain()
    told = OLD
  }
  await world.start()
  const task = world.waiting.shift() as TaskRequest
  return {
    ...world,
    task,
    restate: () => {
      told = NEW
    },
    failing: (kind: FailureKind | null) => {
      failure = kind
    },
    state: () => world.store.get(ORG, 'syncs', 'meta_meta'),
    /** Everything that people are shown, and what the next sync goes by. */
    async everything() {
      const { days, clicks, reach } = await world.read()
      const rollup = await world.store.get(ORG, 'rollups', '202611')
      const digests = await world.db.collection(`orgs/${ORG}/syncDigests`).get()
      return {
        ...{ days, clicks, reach, rollup: rollup?.days },
        digests: digests.docs.map((doc) => doc.get('text')).sort(),
      }
    },
  }
}
type Begun = Awaited<ReturnType<typeof begun>>

/** The worker of the days, and of the reach after it, as one that stands still before one of its transactions. */
async function slowly(world: Begun, n: number, at: Gate): Promise<string[]> {
  const store = stalling(world.store, n, at)
  const outcomes = [await world.deliver(world.task, store)]
  const next = world.waiting.find(({ payload }) => payload.epoch === world.task.payload.epoch)
  if (outcomes[0] !== 'done' || !next) return outcomes
  world.waiting.splice(world.waiting.indexOf(next), 1)
  return [...outcomes, await world.deliver(next, store)]
}

/** Who goes on where the first worker stands still, and the clicks that are stored then: a repeated task brings no days whose turn has passed. */
const OVERTAKERS: Record<string, (world: Begun) => Promise<number>> = {
  'a later sync': async (world) => {
    world.clock.advance(16 * MINUTES)
    expect(await world.start()).toBe(1)
    await world.drain()
    return 25
  },
  'another delivery of the same task': async (world) => {
    const turn = (await world.state())?.turn
    expect(await world.deliver(world.task)).toBe('done')
    await world.drain()
    return turn?.phase === 'days' ? 25 : 10
  },
}

/** The platform may come back to what it said before the old figures, which the digest knows already. */
const HISTORIES = { 'the first sync': null, 'a sync of known figures': NEW }

const cases = Object.entries(HISTORIES).flatMap(([what, before]) =>
  Object.entries(OVERTAKERS).map(([who, overtake]) => ({ what, before, who, overtake })),
)
for (const { what, before: known, who, overtake } of cases)
  test(`wherever ${what} stands still, ${who} has the last word`, { timeout: 300_000 }, async () => {
    let stood = 0
    for (let n = 1; n <= ENOUGH; n++) {
      const [world, at] = [await begun(known), gate()]
      const slow = slowly(world, n, at)
      const stands = await Promise.race([at.reached.then(() => true), slow.then(() => false)])
      if (!stands) break
      stood++
      world.restate()
      const clicks = await overtake(world)
      const before = await world.everything()
      expect(before, `overtaken before transaction ${n}`).toMatchObject({ clicks, reach: 9 })
      at.open()
      expect(await slow).not.toContain('retry')
      await world.drain()
      expect(await world.everything(), `overtaken before transaction ${n}`).toEqual(before)
      expect(await world.state()).toMatchObject({ state: 'idle', failures: 0 })
    }
    expect(stood).toBeGreaterThan(6)
    expect(stood).toBeLessThan(ENOUGH)
  })

test('what a sync that was taken over fails of is nobody’s trouble any more', async () => {
  const [world, at] = [await begun(), gate()]
  world.failing('refusal')
  const slow = slowly(world, 1, at)
  await at.reached
  world.failing(null)
  world.restate()
  await OVERTAKERS['a later sync']?.(world)
  at.open()
  expect(await slow).toEqual(['done'])
  expect(await world.state()).toMatchObject({ state: 'idle', failures: 0, lastError: null })
  expect((await world.db.collection(`orgs/${ORG}/incidents`).get()).size).toBe(0)
})

test('of two deliveries at once the earlier comes again later, because the other may yet die', async () => {
  const [world, first, second] = [await begun(), gate(), gate()]
  const early = world.deliver(world.task, stalling(world.store, 2, first))
  await first.reached
  world.restate()
  const late = world.deliver(world.task, stalling(world.store, 2, second))
  await second.reached
  first.open()
  expect(await early).toBe('retry')
  second.open()
  expect(await late).toBe('done')
  await world.drain()
  expect(await world.everything()).toMatchObject({ clicks: 25, reach: 9 })
})
