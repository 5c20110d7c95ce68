import type { Entry, EntryState } from './manifest.ts'
import type { Outcome } from './result.ts'

/** What one record says about an opening. */
export interface Statement {
  /** First 20 hex digits of the record's hash. */
  hash: string
  /** `partial` = a summary, good enough until the whole record is known; `none` = a bare close. */
  words: 'full' | 'partial' | 'none'
  status: 'open' | 'closed'
  /** How a close is to be remembered. */
  closes: 'source' | 'user' | 'filled'
  /** Epoch milliseconds of the source's own stamp; null where it gives none. */
  stamp: number | null
  /** Its closing date has passed. */
  lapsed: boolean
}

export interface Decision {
  outcome: Outcome
  entry: Omit<Entry, 'ref'>
  /** The record's words replace what is kept. */
  takesWords: boolean
}

const FUTURE_TOLERANCE_MS = 300_000

/**
 * Which of two statements holds (RELIABILITY.md 2.6). Words and status are two registers, each kept by the highest order: words by
 * (stamp, hash), status by (stamp, closed before open). So any order of arrival ends in the same state. A record without a stamp
 * comes after all that is known, but cannot reopen what was closed by a statement: that takes a stamp newer than the close, or a person.
 *
 * `received` and `bar` in epoch milliseconds; `bar` is the close of the record's whole requisition, 0 = none.
 */
export function decide(entry: Entry | undefined, said: Statement, received: number, bar = 0): Decision {
  const known = entry ? Math.max(entry.stamp, entry.since) : 0
  const order = said.stamp === null ? Math.max(received, known + 1) : clampFuture(said.stamp, received)
  if (!entry) return first(said, order, bar)

  const words = takesWords(entry, said, order)
  if (said.words !== 'none' && said.hash === entry.hash) return same(entry, said)
  const { state, since } = status(entry, said, order, words)
  const next = {
    ...entry,
    ...(words && { hash: said.hash, stamp: said.words === 'partial' ? 0 : order }),
    state,
    since,
    misses: 0,
  }
  return { outcome: outcomeOf(entry, next, said, order, words), entry: next, takesWords: words }
}

/** A stamp more than five minutes ahead is a wrong clock: it counts as the time of receipt. */
const clampFuture = (stamp: number, received: number): number =>
  stamp > received + FUTURE_TOLERANCE_MS ? received : stamp

function first(said: Statement, order: number, bar: number): Decision {
  const hash = said.words === 'none' ? '' : said.hash
  const stamp = said.words === 'full' ? order : 0
  const closedWithAll = bar > 0 && (said.stamp === null || order <= bar)
  if (said.status === 'closed' || closedWithAll) {
    const entry = { hash, stamp, state: said.status === 'closed' ? said.closes : ('source' as const), misses: 0 }
    return {
      outcome: 'closed',
      entry: { ...entry, since: Math.max(bar, said.status === 'closed' ? order : 0) },
      takesWords: said.words !== 'none',
    }
  }
  // Without a stamp the opening's first sight says nothing about closes that are on their way.
  const since = said.stamp === null ? 0 : order
  const state: EntryState = said.lapsed ? 'expired' : 'open'
  return { outcome: 'created', entry: { hash, stamp, state, since, misses: 0 }, takesWords: true }
}

/** The record that is kept already: news only where its being listed at all is news. */
function same(entry: Entry, said: Statement): Decision {
  const returns = entry.state === 'absent' && said.status === 'open'
  const state: EntryState = returns ? (said.lapsed ? 'expired' : 'open') : entry.state
  return {
    outcome: returns && state === 'open' ? 'updated' : 'unchanged',
    entry: { ...entry, state, misses: 0 },
    takesWords: false,
  }
}

function takesWords(entry: Entry, said: Statement, order: number): boolean {
  if (said.words === 'none') return false
  if (said.words === 'partial') return entry.hash === ''
  return order > entry.stamp || (order === entry.stamp && said.hash > entry.hash)
}

function status(entry: Entry, said: Statement, order: number, words: boolean): Pick<Entry, 'state' | 'since'> {
  const { state, since } = entry
  if (said.status === 'closed') {
    if (order < since) return { state, since }
    const inferred = state === 'open' || state === 'expired' || state === 'absent'
    return { state: inferred ? said.closes : state, since: order }
  }
  const raised = said.stamp === null ? since : Math.max(since, order)
  const opened: EntryState = said.lapsed ? 'expired' : 'open'
  if (state === 'open') return { state: words ? opened : state, since: raised }
  if (state === 'absent') return order >= since ? { state: opened, since: raised } : { state, since }
  if (state === 'expired') return { state: words ? opened : state, since: raised }
  return said.stamp !== null && order > since ? { state: opened, since: order } : { state, since }
}

function outcomeOf(
  before: Entry,
  after: Pick<Entry, 'state'>,
  said: Statement,
  order: number,
  words: boolean,
): Outcome {
  const wasOpen = before.state === 'open'
  const isOpen = after.state === 'open'
  if (wasOpen && !isOpen) return 'closed'
  if (!wasOpen && isOpen) return 'updated'
  // Late words under a newer close are kept, so that the order of arrival does not matter, yet they are no news.
  const overtaken = said.stamp !== null && order < before.since
  if (words && !(overtaken && !isOpen)) return 'updated'
  return overtaken || order < before.stamp || (said.words === 'full' && order === before.stamp) ? 'stale' : 'unchanged'
}
