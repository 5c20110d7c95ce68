import type { Statement } from '#domain/ingest/decide.ts'
import type { IntakeItem } from '#domain/ingest/item.ts'
import { shardOf } from '#domain/ingest/manifest.ts'
import type { Close, Posting } from '#domain/ingest/mapped.ts'
import type { Job } from '#domain/job.ts'
import { adDay } from '#domain/time.ts'
import { groupKey, openingKey } from './keys.ts'

/** One statement about one opening; a record that closes a whole requisition makes several. */
export interface Move {
  /** Position of its record in the window. */
  position: number
  key: string
  shard: number
  externalId: string
  said: Statement
  /** The words that come with it, if any. */
  words: (Posting & { rawHash: string }) | undefined
  /** Key of the requisition, whose close would hold for this opening too. */
  group: string | undefined
  /** Remembers the close of a requisition: there is no job to it. */
  mark: boolean
  bytes: number
}

/** Virtual now (ISO 8601) and the organisation's zone: what tells whether a closing date has passed. */
export interface When {
  now: string
  zone: string
}

const hashOf20 = (item: IntakeItem): string => item.rawHash.slice(0, 20)
const stampMs = (stamp: string | null): number | null => (stamp === null ? null : Date.parse(stamp))

export function postingMove(source: string, item: IntakeItem, mapped: Posting, position: number, when: When): Move {
  const { externalId, group, closesOn } = mapped.posting
  const key = openingKey(source, externalId)
  return {
    position,
    key,
    shard: shardOf(key),
    externalId,
    said: {
      hash: hashOf20(item),
      words: mapped.partial ? 'partial' : 'full',
      status: mapped.status,
      closes: mapped.closedReason === 'filled' ? 'filled' : 'source',
      stamp: stampMs(mapped.stamp),
      lapsed: closesOn !== null && closesOn < adDay(new Date(when.now), when.zone),
    },
    words: { ...mapped, rawHash: item.rawHash },
    group: group === null ? undefined : groupKey(source, group),
    mark: false,
    bytes: item.bytes,
  }
}

/** `members` are the known openings of the requisition where the close names one. */
export function closeMoves(source: string, item: IntakeItem, mapped: Close, position: number, members: Job[]): Move[] {
  const said: Statement = {
    hash: hashOf20(item),
    words: 'none',
    status: 'closed',
    closes: mapped.closedReason === 'filled' ? 'filled' : 'source',
    stamp: stampMs(mapped.stamp),
    lapsed: false,
  }
  const move = (key: string, externalId: string, mark: boolean): Move => ({
    ...{ position, key, shard: shardOf(key), externalId, said, mark },
    words: undefined,
    group: undefined,
    bytes: item.bytes,
  })
  const { target } = mapped
  if ('externalId' in target) return [move(openingKey(source, target.externalId), target.externalId, false)]
  return [
    ...members.map((job) => move(openingKey(source, job.externalId), job.externalId, false)),
    move(groupKey(source, target.group), target.group, true),
  ]
}
