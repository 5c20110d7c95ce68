import type { PlatformKey } from '#domain/ids.ts'
import type { PlannedStep } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { mostOnOneDay as mostOnGoogle } from '#functions/adapters/google-ads/amounts.ts'
import { mostOnOneDay as mostOnMeta } from '#functions/adapters/meta/amounts.ts'
import { token } from '#functions/lib/hash.ts'
import { plannedStep } from '#functions/lib/planned-step.ts'
import type { AdPlatform, Brief, Made } from '#functions/ports/index.ts'
import { type Books, emptyBooks, type PlatformObject } from './books.ts'
import { accountFigures, type Figures } from './figures.ts'
import { LATEST_LANDING_MS, LIST_LAG_MS, type PlatformFaults, TIMEOUT_MS } from './profile.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** `shared` = equal names may stand side by side and a tree is made in steps (Meta); `unique` = one atomic step (Google Ads). */
export type Naming = 'shared' | 'unique'

const STEPS: Record<Naming, readonly string[]> = {
  shared: ['campaign', 'ad-set', 'creative', 'ad'],
  unique: ['campaign'],
}

export interface SimulatedPlatform extends AdPlatform {
  books: Books
  figures: Figures
}

interface Options {
  key: PlatformKey
  naming: Naming
  time: Timeline
  random: Random
  /** Of the figures alone, so that they shift nothing else. */
  numbers: Random
  /** What goes wrong now; nothing does once faults have stopped. */
  faults: () => PlatformFaults
}

/** An ad account that answers in virtual time, loses answers, lands calls late, and keeps books of what is true. */
export function simulatedPlatform({ key, naming, time, random, numbers, faults }: Options): SimulatedPlatform {
  const books = emptyBooks()
  const figures = accountFigures(() => books.objects.filter((o) => o.level === 'campaign'), time, numbers)
  let made = 0

  const noAnswer = async (kind: 'ambiguous' | 'transient'): Promise<never> => {
    await time.sleep(TIMEOUT_MS)
    throw new PlatformFailure(kind, `${key}: no answer`)
  }
  const failed = (kind: 'ambiguous' | 'transient') => new PlatformFailure(kind, `${key}: HTTP 500`)

  function land(step: PlannedStep, ids: Made): PlatformObject | undefined {
    const name = step.name ?? step.key
    if (naming === 'unique' && books.named(name).length > 0) return undefined
    const id = `${key === 'meta' ? 'm' : 'g'}${++made}`
    const active = step.payload.status === 'ACTIVE'
    const object: PlatformObject = {
      ...{ id, level: step.level, name, removed: false, createdAt: time.now() },
      campaign: step.level === 'campaign' ? id : (ids.campaign ?? ''),
      delivery: active ? 'active' : 'paused',
      dailyBudget: Number(step.payload.dailyBudget ?? 0),
      everActive: active,
      visibleAt: time.now() + (faults().listLag ? random.between(0, LIST_LAG_MS) : 0),
      rejected: random.chance(faults().rejected),
      reviewedAt: null,
    }
    books.objects.push(object)
    if (!active) books.saidPaused.add(id)
    return object
  }

  /** Refusals that come before anything happened. */
  function gate(): void {
    if (random.chance(faults().throttled))
      throw new PlatformFailure('throttled', `${key}: too many calls`, { retryAfterSeconds: 20 })
    if (random.chance(faults().expiredToken)) throw new PlatformFailure('auth', `${key}: the token has expired`)
  }

  /** A call that changes something: done, not done, done without an answer, or done when nobody waits any more. */
  async function change<T>(effect: () => T): Promise<T> {
    const act = (): T => {
      const result = effect()
      books.changed()
      return result
    }
    await time.sleep(random.between(100, 3000))
    gate()
    const { neverLanded, answerLost, landsLate, failed: broken } = faults()
    if (random.chance(broken)) throw failed('ambiguous')
    if (random.chance(neverLanded)) return noAnswer('ambiguous')
    if (random.chance(landsLate)) {
      time.after(TIMEOUT_MS + random.between(0, LATEST_LANDING_MS), act)
      return noAnswer('ambiguous')
    }
    const result = act()
    if (random.chance(answerLost)) return noAnswer('ambiguous')
    await time.sleep(random.between(50, 500))
    return result
  }

  async function ask<T>(look: () => T): Promise<T> {
    await time.sleep(random.between(50, 1500))
    gate()
    if (random.chance(faults().failed)) throw failed('transient')
    return look()
  }

  return {
    books,
    figures,
    plan: (brief) => ask(() => planOf(brief, key, naming)),
    keepImage: async () => null,

    async create(step, ids) {
      const object = await change(() => land(step, ids))
      if (!object) throw new PlatformFailure('ambiguous', `${key}: DUPLICATE_NAME`)
      return object.id
    },

    update: (step, ids) =>
      change(() => {
        const object = books.byId(ids[step.key])
        if (object) object.dailyBudget = Number(step.payload.dailyBudget ?? 0)
      }),

    find: (step) =>
      ask(() =>
        books
          .named(step.name ?? '')
          .filter((object) => object.visibleAt <= time.now())
          .map(({ id, createdAt }) => ({ id, createdAt: new Date(createdAt).toISOString() })),
      ),

    set: (ids, delivery) =>
      change(() => {
        for (const object of Object.values(ids).map(books.byId)) {
          if (!object || object.removed) continue
          object.delivery = delivery
          if (delivery !== 'active') continue
          object.everActive = true
          object.reviewedAt ??= time.now() + random.between(20_000, 150_000)
        }
      }),

    state: (ids) =>
      ask(() => {
        const campaign = books.byId(ids.campaign)
        if (!campaign || campaign.removed) return { confirmed: 'gone' as const, message: 'It was removed.' }
        if (campaign.delivery === 'paused') {
          books.saidPaused.add(campaign.id)
          return { confirmed: 'paused' as const, message: null }
        }
        if ((campaign.reviewedAt ?? 0) > time.now()) return { confirmed: 'in_review' as const, message: null }
        if (campaign.rejected) return { confirmed: 'rejected' as const, message: 'Against the rules.' }
        books.saidActive.add(campaign.id)
        return { confirmed: 'active' as const, message: null }
      }),

    remove: (_level, id) =>
      change(() => {
        for (const object of books.objects) if (object.id === id || object.campaign === id) object.removed = true
      }),

    stopped: () =>
      ask(() => books.objects.filter((o) => o.level === 'campaign' && o.delivery === 'paused').map(({ id }) => id)),
    report: (query, token) => ask(() => figures.report(query, token)),
    check: () => ask(() => ({ accountName: key, currency: 'USD', timeZone: 'America/Bogota' })),
  }
}

function planOf({ campaign, clickUrl, dailyBudget }: Brief, key: PlatformKey, naming: Naming) {
  const mostOnOneDay = key === 'meta' ? mostOnMeta(dailyBudget) : mostOnGoogle(dailyBudget)
  const name = (step: string): string => `${campaign.ref} ${step} ~${token(`${campaign.id}:${step}:${naming}`, 8)}`
  return {
    steps: STEPS[naming].map((level) =>
      plannedStep({
        ...{ key: level, level, name: name(level) },
        payload: {
          ...{ status: 'PAUSED', link: clickUrl },
          ...(level === 'campaign' ? { dailyBudget: dailyBudget.minor } : { campaign: '{campaign}' }),
        },
      }),
    ),
    targeting: [],
    mostItCanCost: mostOnOneDay,
    mostOnOneDay,
  }
}
