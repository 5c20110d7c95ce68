import { createHash } from 'node:crypto'
import type { Feed } from '#domain/feed.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { webhookSecretName } from './add-feed.ts'
import { type PullNeeds, pullFeed } from './pull-feed.ts'
import { type Delivery, verifyWebhook } from './verify-webhook.ts'

export type Reception =
  | { kind: 'refused' }
  | { kind: 'duplicate' }
  /** SmartRecruiters proves that the address is ours by having a word sent back. */
  | { kind: 'handshake'; word: string }
  | { kind: 'taken'; counts: Record<string, number> }

type Needs = PullNeeds & Pick<Ports, 'census' | 'secrets'>

const REMEMBERED_DAYS = 35

/** Whose webhooks tell that something changed, but not reliably what: the feed's address is asked instead. */
const HINTS: readonly Feed['format'][] = ['lever', 'workable', 'smartrecruiters']

/**
 * A vendor's call to `/hooks/{feedId}`. Each failure to prove who is calling is the same refusal. A delivery that was taken before is a
 * duplicate; the mark is set after the effect, which is idempotent itself, so that a crash between loses nothing. `now` is real time.
 */
export async function receiveWebhook(
  needs: Needs,
  feedId: string,
  delivery: Delivery,
  correlationId: string,
  now: Date,
): Promise<Reception> {
  const found = /^feed_[0-9a-f]{32}$/.test(feedId) ? await needs.census.find('feeds', feedId) : undefined
  if (!found?.document.active) return { kind: 'refused' }
  const { org, document: feed } = found
  const cause: Cause = { actor: { kind: 'feed', id: feed.id }, correlationId }
  const word = delivery.header('x-hook-secret')
  if (word && feed.format === 'smartrecruiters' && !delivery.header('smartrecruiters-signature'))
    return handshake(feed, word)
  if (feed.webhookSecretLast4 === null) return { kind: 'refused' }
  const secrets = (await needs.secrets.get(webhookSecretName(org, feed.id))).split('\n')
  const verified = verifyWebhook(feed.format, delivery, secrets, now)
  if (!verified) return { kind: 'refused' }

  const mark = `hook_${createHash('sha256').update(`${feed.id}\n${verified.id}`).digest('hex').slice(0, 40)}`
  if (await needs.store.get(org, 'inbox', mark)) return { kind: 'duplicate' }
  const counts = await take(needs, org, cause, feed, delivery.body)
  await needs.store.transact(org, cause, async (tx) => {
    const expiresAt = new Date(Date.parse(tx.now) + REMEMBERED_DAYS * 86_400_000).toISOString()
    tx.put('inbox', { id: mark, at: tx.now, expiresAt })
    if (!feed.webhookProvenAt) tx.measure('feeds', feed.id, { webhookProvenAt: tx.now })
  })
  return { kind: 'taken', counts }
}

async function take(needs: Needs, org: string, cause: Cause, feed: Feed, body: Uint8Array) {
  const { store, clock, intake } = needs
  if (HINTS.includes(feed.format)) {
    if (feed.url === null) return hintWithoutAddress(needs, org, cause, feed)
    const { received, created, updated, closed, absent } = await pullFeed(needs, org, cause, feed)
    return { received, created, updated, closed: closed + absent }
  }
  const { timeZone: zone, currency } = await store.organisation(org)
  const about = { now: clock.now().toISOString(), currency, ...(feed.url && { feedUrl: feed.url }) }
  const items = intake.read(body, feed.format, about)
  const { result } = await intake.ingest({ org, source: feed.id, cause, zone, listing: false }, items)
  // A webhook is a summary; the board tells the whole at the next tick.
  if (feed.url && result.received > 0)
    await store.transact(org, cause, async (tx) => tx.measure('feeds', feed.id, { nextPullAt: tx.now }))
  const { problems: _, jobs: __, ...counts } = result
  return counts
}

/** Nothing can be fetched, so nothing is known: the feed's health says so where a person looks. */
async function hintWithoutAddress({ store }: Needs, org: string, cause: Cause, feed: Feed) {
  const lastError = `A webhook says that something changed, but ${feed.name} has no address to fetch it from`
  await store.transact(org, cause, async (tx) =>
    tx.measure('feeds', feed.id, { health: { ...feed.health, lastAttemptAt: tx.now, lastError } }),
  )
  return { received: 0 }
}

/** Only until the first signed delivery: afterwards an echo would serve nobody but who wants one. */
const handshake = (feed: Feed, word: string): Reception =>
  feed.webhookProvenAt || !/^[\x21-\x7e]{1,200}$/.test(word) ? { kind: 'refused' } : { kind: 'handshake', word }
