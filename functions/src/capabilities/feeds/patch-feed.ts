import { DomainError, notFound } from '#domain/errors.ts'
import type { Feed } from '#domain/feed.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { webhookSecretName } from './add-feed.ts'
import type { FeedPatch } from './feed-input.ts'
import { feedNamed } from './resolve-source.ts'

/** A new address is pulled at once. A new webhook secret and the one before are both in force. Throws `conflict`, `not_found`. */
export async function patchFeed(
  { store, secrets }: Pick<Ports, 'store' | 'secrets'>,
  org: string,
  cause: Cause,
  { id, version, webhookSecretLast4 }: Feed,
  { webhookSecret, ...patch }: FeedPatch,
): Promise<Feed> {
  const namesake = patch.name === undefined ? undefined : await feedNamed(store, org, patch.name)
  if (namesake && namesake.id !== id)
    throw new DomainError('conflict', `There is a feed called ${patch.name}`, { remedy: 'Choose another name.' })
  if (webhookSecret) {
    const name = webhookSecretName(org, id)
    const [before] = webhookSecretLast4 === null ? [] : (await secrets.get(name)).split('\n')
    await secrets.set(name, [webhookSecret, ...(before ? [before] : [])].join('\n'))
  }
  return store.transact(org, cause, async (tx) => {
    const feed = await tx.get('feeds', id)
    if (!feed?.active) throw notFound('feed', id)
    if (feed.version !== version)
      throw new DomainError('conflict', 'Somebody changed the feed meanwhile', { remedy: 'Read it again.' })
    const url = patch.url === undefined ? feed.url : patch.url
    const next = {
      ...feed,
      name: patch.name ?? feed.name,
      everyMinutes: patch.everyMinutes ?? feed.everyMinutes,
      url,
      nextPullAt: url === null ? null : url === feed.url ? feed.nextPullAt : tx.now,
      webhookSecretLast4: webhookSecret?.slice(-4) ?? feed.webhookSecretLast4,
    }
    return tx.record('feeds', next, feed, { action: 'feed.changed' })
  })
}
