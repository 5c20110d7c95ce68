import {
  type AccountLimits,
  type Admission,
  admission,
  afterAuthFailure,
  afterFailure,
  afterSuccess,
  afterThrottled,
  afterUsage,
  BUSY_PERCENT,
  CHUNK_MS,
  freshLimits,
  probing,
  takeChunk,
  tells,
  troubled,
  type Usage,
} from '#domain/account-limits.ts'
import { system } from '#domain/actor.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { context } from '#functions/lib/context.ts'
import { log, loggable } from '#functions/lib/log.ts'
import type { Clock } from '#functions/ports/index.ts'
import type { Store } from '#functions/ports/store.ts'

/** Calls that this process may make on an account without asking again, per account. */
export type Chunks = Map<string, { left: number; until: number }>

const WORDS = {
  kill_switch: 'The kill switch is on',
  rate_limit: 'The ad account takes no more calls for now',
  breaker: 'The platform does not answer; it is asked again soon',
  auth: 'The platform refuses the connection until it is saved or checked again',
} as const

export function held(by: keyof typeof WORDS, until: string, now: Date): PlatformFailure {
  const seconds = Math.max(1, Math.ceil((Date.parse(until) - now.getTime()) / 1000))
  return new PlatformFailure('throttled', WORDS[by], { heldBy: by, retryAfterSeconds: seconds })
}

/** What one drive knows of its account, and what it tells the others through `limits/{account}`. */
export function accountGuard(
  { store, clock, chunks }: { store: Store; clock: Clock; chunks: Chunks },
  org: string,
  id: string,
) {
  const key = `${org}/${id}`
  let known: AccountLimits | undefined
  let entered = false

  const ownTokens = (): boolean => {
    const chunk = chunks.get(key)
    return chunk !== undefined && chunk.left > 0 && chunk.until > clock.now().getTime()
  }
  const read = async (): Promise<AccountLimits> => (await store.get(org, 'limits', id)) ?? freshLimits(id, clock.now())

  const change = (work: (limits: AccountLimits, now: Date) => AccountLimits): Promise<AccountLimits> =>
    store.transact(
      org,
      { actor: system('guards'), correlationId: context().correlationId },
      async (tx) => {
        const now = new Date(tx.now)
        const before = (await tx.get('limits', id)) ?? freshLimits(id, now)
        const next = work(before, now)
        if (next !== before) tx.put('limits', next)
        return next
      },
      `limits/${id}`,
    )

  const demand = (answer: Admission, now: Date): void => {
    if (answer.kind === 'wait') throw held(answer.by, answer.until, now)
  }

  /** Admission, the lease of the probe and a chunk of tokens in one commit: one read and one write in ten seconds. */
  const enterWithChunk = async (counts: boolean): Promise<void> => {
    let took = 0
    known = await change((limits, now) => {
      took = 0
      const answer = admission(limits, now)
      demand(answer, now)
      const admitted = answer.kind === 'probe' ? probing(limits, now) : limits
      if (!counts || ownTokens()) return admitted
      const taken = takeChunk(admitted, now)
      if ('until' in taken) throw held('rate_limit', taken.until, now)
      took = taken.chunk
      return taken.next
    })
    if (took === 0) return
    const now = clock.now().getTime()
    const before = chunks.get(key)
    const left = before && before.until > now ? before.left : 0
    chunks.set(key, { left: left + took, until: now + CHUNK_MS })
  }

  /** Throws `held` where the call must wait; `counts` = it takes a token. */
  async function enter(counts: boolean): Promise<void> {
    const now = clock.now()
    if (!entered) {
      known = counts && !ownTokens() ? undefined : await read()
      if (!known || admission(known, now).kind === 'probe') await enterWithChunk(counts)
      else demand(admission(known, now), now)
      entered = true
    } else {
      // Somebody else may have been told to wait meanwhile. A busy account does not stop work under way, a closed one does.
      known = await read()
      demand(admission({ ...known, slowUntil: null }, now), now)
      if (counts && !ownTokens()) await enterWithChunk(true)
    }
    const chunk = chunks.get(key)
    if (counts && chunk) chunk.left--
  }

  /** Books that cannot be written never change what the platform answered. */
  async function note(work: (limits: AccountLimits, now: Date) => AccountLimits): Promise<void> {
    try {
      known = await change(work)
    } catch (error) {
      log().error({ error: loggable(error), account: id }, 'the limits of an account could not be written')
    }
  }

  async function succeeded(usage: Usage | null, mayClose: boolean): Promise<void> {
    const closes = mayClose && known !== undefined && troubled(known)
    const now = clock.now()
    // A pause has not asked the books: of a thousand, none reads them for a use that changes nothing.
    const told = usage !== null && (known ? afterUsage(known, usage, now) !== known : usage.percent >= BUSY_PERCENT)
    if (!closes && !(told && tells(usage))) return
    await note((limits, at) => {
      const better = closes ? afterSuccess(limits) : limits
      return usage ? afterUsage(better, usage, at) : better
    })
  }

  /** Writes the failure down; returns it as the drive shall see it: held where a guard of ours will not try again soon. */
  async function failed(failure: PlatformFailure, usage: Usage | null): Promise<PlatformFailure> {
    const { kind, message, details } = failure
    if (kind === 'transient' || kind === 'ambiguous') {
      await note(afterFailure)
      if (!known?.probeAt) return failure
      const { retryAfterSeconds } = held('breaker', known.probeAt, clock.now()).details
      return new PlatformFailure(kind, message, {
        ...details,
        heldBy: 'breaker',
        retryAfterSeconds: retryAfterSeconds ?? 30,
      })
    }
    if (kind === 'auth') await note(afterAuthFailure)
    if (kind === 'throttled') {
      await note((limits, now) => {
        const paced = usage ? afterUsage(limits, usage, now) : limits
        return afterThrottled(paced, details.retryAfterSeconds, now)
      })
      return new PlatformFailure(kind, message, { ...details, heldBy: 'rate_limit' })
    }
    return failure
  }

  return {
    enter,
    /** Before a call that a person asked for: it waits for nothing, and its success clears everything. */
    look: async () => {
      known = await read()
    },
    succeeded,
    failed,
  }
}
export type AccountGuard = ReturnType<typeof accountGuard>
