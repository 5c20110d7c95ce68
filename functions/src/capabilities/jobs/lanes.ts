import type { Move } from './moves.ts'

/** Far below Firestore's 10 MiB: while a batch is on its way, memory holds it several times (objects, message, bytes). */
const BATCH_RECORDS = 150
const BATCH_BYTES = 1024 * 1024
/** Transactions side by side, each on shards of its own. */
const LANES = 2

/**
 * Batches that follow one another. A small window is packed into as few as possible; a large one has a lane per shard, so that lanes
 * run side by side and each shard is written once per batch.
 */
export function lanesOf(moves: readonly Move[]): Move[][][] {
  const sorted = [...moves].sort((a, b) => a.shard - b.shard || a.position - b.position)
  if (sorted.length <= 2 * BATCH_RECORDS) return [batchesOf(sorted)]
  return [...Map.groupBy(sorted, ({ shard }) => shard).values()].map(batchesOf)
}

function batchesOf(moves: readonly Move[]): Move[][] {
  const batches: Move[][] = []
  let bytes = 0
  for (const move of moves) {
    const last = batches.at(-1)
    const full = !last || last.length >= BATCH_RECORDS || bytes + move.bytes > BATCH_BYTES
    if (full) batches.push([move])
    else last.push(move)
    bytes = full ? move.bytes : bytes + move.bytes
  }
  return batches
}

/** Runs a few lanes at a time; the results come in no order. */
export async function inParallel<T>(lanes: readonly (() => Promise<T[]>)[]): Promise<T[]> {
  const results: T[] = []
  const waiting = [...lanes]
  const run = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift()) results.push(...(await lane()))
  }
  await Promise.all(Array.from({ length: Math.min(LANES, lanes.length) }, run))
  return results
}
