import { z } from 'zod'
import { DomainError } from '#domain/errors.ts'
import { type Feed, IngestCounts } from '#domain/feed.ts'
import { IngestResult } from '#domain/ingest/result.ts'
import { closeIncident, openIncident } from '#functions/lib/incident.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Store } from '#functions/ports/store.ts'
import { fetchPages } from './fetch-pages.ts'
import type { Intake } from './intake.ts'

export interface PullNeeds extends Pick<Ports, 'store' | 'clock' | 'fetcher'> {
  intake: Intake
}

/** The sums are of the records that the feed lists; what it stopped listing is told apart. */
export const Pulled = IngestResult.extend({
  absent: z.int().meta({ description: 'Openings closed because two complete pulls in a row did not list them' }),
  held: z.int().meta({ description: 'Openings that would have been closed, too many at once to believe it' }),
}).meta({ id: 'Pulled' })
export type Pulled = z.infer<typeof Pulled>

const FAILURES_TO_INCIDENT = 3

export const feedIncident = (feedId: string): string => `feed_${feedId}`

/**
 * Fetches a feed and takes what it lists. Openings that it stopped listing are closed at the second complete pull without them, unless
 * they are too many at once; `confirmed` is a person's word that they are gone. Health is recorded either way. Throws `illegal_state`
 * for a feed without address, and what fetching and reading throw.
 */
export async function pullFeed(
  needs: PullNeeds,
  org: string,
  cause: Cause,
  feed: Feed,
  confirmed = false,
): Promise<Pulled> {
  const { store, clock } = needs
  const { url } = feed
  if (!feed.active || url === null)
    throw new DomainError('illegal_state', `The feed ${feed.name} has no address to pull from`, {
      remedy: 'Push to it, or add a feed with a url.',
    })
  const startedAt = clock.now().toISOString()
  try {
    const pulled = await take(needs, org, cause, { ...feed, url }, startedAt, confirmed)
    await succeed(store, org, cause, feed.id, startedAt, pulled)
    return pulled
  } catch (error) {
    await fail(store, org, cause, feed, startedAt, error)
    throw error
  }
}

async function take(
  { store, fetcher, intake }: PullNeeds,
  org: string,
  cause: Cause,
  feed: Feed & { url: string },
  now: string,
  confirmed: boolean,
): Promise<Pulled> {
  const { timeZone: zone, currency } = await store.organisation(org)
  const into = { org, source: feed.id, cause, zone, listing: feed.format !== 'native' }
  const about = { now, currency, feedUrl: feed.url }
  const items = fetchPages(fetcher, feed, (body) => intake.stream(body, feed.format, about))
  const { result, rest } = await intake.ingest(into, items)
  const absence = intake.complete(rest) ? await intake.closeAbsent(into, rest, confirmed) : { closed: 0, held: 0 }
  return { ...result, absent: absence.closed, held: absence.held }
}

/** A pull by hand counts as one: the next comes its time later. */
export const nextPull = ({ active, url, everyMinutes }: Feed, now: string): string | null =>
  active && url !== null ? new Date(Date.parse(now) + everyMinutes * 60_000).toISOString() : null

async function succeed(store: Store, org: string, cause: Cause, feedId: string, at: string, pulled: Pulled) {
  await store.transact(org, cause, async (tx) => {
    const feed = await tx.get('feeds', feedId)
    if (!feed) return
    await closeIncident(tx, feedIncident(feedId))
    const health = {
      lastAttemptAt: at,
      lastSuccessAt: at,
      lastError: null,
      failures: 0,
      counts: IngestCounts.parse(pulled),
      held: pulled.held,
    }
    tx.measure('feeds', feedId, { health, nextPullAt: nextPull(feed, tx.now) })
  })
}

async function fail(store: Store, org: string, cause: Cause, { id, name }: Feed, at: string, error: unknown) {
  // Only our own sentences: an error of a library may carry what a server sent.
  const message = error instanceof DomainError ? error.message : 'It could not be read'
  await store.transact(org, cause, async (tx) => {
    const feed = await tx.get('feeds', id)
    if (!feed) return
    const failures = feed.health.failures + 1
    const health = { ...feed.health, lastAttemptAt: at, lastError: message, failures }
    tx.measure('feeds', id, { health, nextPullAt: nextPull(feed, tx.now) })
    if (failures < FAILURES_TO_INCIDENT) return
    await openIncident(tx, {
      id: feedIncident(id),
      kind: 'feed_failing',
      subject: id,
      message: `${name}: ${message}`,
      suggestedAction: 'Open its address in a browser; correct the feed, or remove it.',
    })
  })
}
