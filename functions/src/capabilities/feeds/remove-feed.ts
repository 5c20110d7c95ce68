import { notFound } from '#domain/errors.ts'
import { closeIncident } from '#functions/lib/incident.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { webhookSecretName } from './add-feed.ts'
import { feedIncident } from './pull-feed.ts'
import { feedOf } from './resolve-source.ts'

/** The feed is pulled no more and its webhooks are refused; its openings stay as they are, its history stays to be read. Throws `not_found`. */
export async function removeFeed(
  { store, secrets }: Pick<Ports, 'store' | 'secrets'>,
  org: string,
  cause: Cause,
  name: string,
): Promise<void> {
  const { id } = await feedOf(store, org, name)
  await store.transact(org, cause, async (tx) => {
    const feed = await tx.get('feeds', id)
    if (!feed?.active) throw notFound('feed', name)
    tx.record('feeds', { ...feed, active: false, nextPullAt: null, webhookSecretLast4: null }, feed, {
      action: 'feed.removed',
    })
    await closeIncident(tx, feedIncident(id))
  })
  await secrets.remove(webhookSecretName(org, id))
}
