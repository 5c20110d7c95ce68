import { randomBytes } from 'node:crypto'
import { DomainError } from '#domain/errors.ts'
import type { Feed } from '#domain/feed.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import type { FeedInput } from './feed-input.ts'
import { feedNamed, RESERVED_NAMES } from './resolve-source.ts'

/** Name of the feed's webhook secret in Secret Manager. */
export const webhookSecretName = (org: string, feedId: string): string => `feed-${org}-${feedId}`

export interface AddedFeed {
  feed: Feed
  /** Told once, where we made it. SmartRecruiters brings its own with the first call. */
  webhookSecret: string | null
}

/** Adds a feed; one with an address is due at once. Throws `conflict` for a name that is taken. */
export async function addFeed(
  { store, secrets, clock }: Pick<Ports, 'store' | 'secrets' | 'clock'>,
  org: string,
  cause: Cause,
  input: FeedInput,
): Promise<AddedFeed> {
  if (RESERVED_NAMES.includes(input.name) || (await feedNamed(store, org, input.name)))
    throw new DomainError('conflict', `There is a feed called ${input.name}`, { remedy: 'Choose another name.' })
  // 128 bits: the address of its webhook cannot be guessed.
  const id = `feed_${randomBytes(16).toString('hex')}`
  const brings = input.format === 'smartrecruiters'
  const made = input.webhookSecret || brings ? null : `whsec_${randomBytes(32).toString('base64')}`
  const secret = input.webhookSecret ?? made
  if (secret) await secrets.set(webhookSecretName(org, id), secret)
  const url = input.url ?? null
  const feed = await store.transact(org, cause, async (tx) =>
    tx.record(
      'feeds',
      {
        id,
        name: input.name,
        format: input.format,
        url,
        everyMinutes: input.everyMinutes,
        active: true,
        webhookSecretLast4: secret?.slice(-4) ?? null,
        health: { lastAttemptAt: null, lastSuccessAt: null, lastError: null, failures: 0, counts: null, held: 0 },
        nextPullAt: url && clock.now().toISOString(),
      },
      undefined,
      { action: 'feed.added' },
    ),
  )
  return { feed, webhookSecret: made }
}
