import { system } from '#domain/actor.ts'
import type { Feed } from '#domain/feed.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { nextPull, type PullNeeds, pullFeed } from './pull-feed.ts'

const MOST = 100
/** Real time, below the function's 540 s: what is not begun by then waits for the next tick. */
const BEGIN_WITHIN_MS = 400_000

export interface DueResult {
  pulled: number
  failed: number
}

/** Pulls every feed whose time has come, one after the other; a feed that fails is recorded and leaves the others alone. */
export async function pullDue(
  needs: PullNeeds & Pick<Ports, 'census'>,
  correlationId: string,
  note: (feed: Feed, error: unknown) => void,
): Promise<DueResult> {
  const { census, clock } = needs
  const cause: Cause = { actor: system('pull-feeds'), correlationId }
  const due = await census.due('feeds', 'nextPullAt', clock.now().toISOString(), MOST)
  const result = { pulled: 0, failed: 0 }
  const begun = Date.now()
  for (const { org, document } of due) {
    if (Date.now() - begun > BEGIN_WITHIN_MS) break
    const feed = await claim(needs, org, cause, document.id)
    if (!feed) continue
    try {
      await pullFeed(needs, org, cause, feed)
      result.pulled++
    } catch (error) {
      result.failed++
      note(feed, error)
    }
  }
  return result
}

/** Sets the next time before the work: of two ticks that overlap, one pulls. */
function claim({ store }: PullNeeds, org: string, cause: Cause, id: string): Promise<Feed | undefined> {
  return store.transact(org, cause, async (tx) => {
    const feed = await tx.get('feeds', id)
    if (!feed?.nextPullAt || feed.nextPullAt > tx.now) return undefined
    const next = nextPull(feed, tx.now)
    tx.measure('feeds', id, { nextPullAt: next })
    return next === null ? undefined : feed
  })
}
