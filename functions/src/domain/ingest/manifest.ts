import { MANIFEST_SHARDS } from '../feed.ts'
import type { ClosedReason } from '../job.ts'

/** Why an opening has the status it has. `expired` and `absent` are our inferences: new facts refute them. The others are statements. */
const STATES = { open: 'o', source: 's', user: 'u', filled: 'f', expired: 'x', absent: 'a' } as const
export type EntryState = keyof typeof STATES
const BY_LETTER = new Map<string, EntryState>(
  Object.entries(STATES).map(([state, letter]) => [letter, state as EntryState]),
)

/** What a source's manifest knows of one opening. */
export interface Entry {
  /** First 20 hex digits of the hash of the record whose words are kept; empty while only a close is known. */
  hash: string
  /** Order of those words in epoch milliseconds; 0 = anything newer replaces them. */
  stamp: number
  state: EntryState
  /** Order of the newest statement about open or closed, in epoch milliseconds. */
  since: number
  ref: string
  /** Complete pulls in a row that did not list it. */
  misses: number
}

export type Entries = Map<string, Entry>

/** The key is the first 20 hex digits of the opening's hash (`job_` + key is its id). */
export const shardOf = (key: string): number => Number.parseInt(key.slice(0, 2), 16) % MANIFEST_SHARDS

/** JSON text of Record<key, [hash, stamp, state letter, since, ref, misses?]>, keys sorted: equal content, equal text. */
export function writeEntries(entries: Entries): string {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(
    Object.fromEntries(
      sorted.map(([key, { hash, stamp, state, since, ref, misses }]) => [
        key,
        [hash, stamp, STATES[state], since, ref, ...(misses > 0 ? [misses] : [])],
      ]),
    ),
  )
}

export function readEntries(text: string | undefined): Entries {
  if (!text) return new Map()
  const raw = JSON.parse(text) as Record<string, [string, number, string, number, string, number?]>
  return new Map(
    Object.entries(raw).map(([key, [hash, stamp, letter, since, ref, misses = 0]]) => {
      const state = BY_LETTER.get(letter)
      if (!state) throw new Error(`The manifest has a state that this version does not know: ${letter}`)
      return [key, { hash, stamp, state, since, ref, misses }]
    }),
  )
}

export const closedReasonOf = (state: EntryState): (typeof ClosedReason)['_output'] | null => {
  if (state === 'open') return null
  if (state === 'user') return 'closed_by_user'
  if (state === 'filled' || state === 'expired') return state
  return 'closed_by_source'
}
