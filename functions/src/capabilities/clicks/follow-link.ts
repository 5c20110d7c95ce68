import { system } from '#domain/actor.ts'
import type { Campaign } from '#domain/campaign.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import type { Job } from '#domain/job.ts'
import { type ClickTarget, readClick, signVisit, verifyClick } from '#functions/lib/click-token.ts'
import { context } from '#functions/lib/context.ts'
import { sha256 } from '#functions/lib/hash.ts'
import type { Ports } from '#functions/ports/index.ts'
import { clickSecret } from './click-secret.ts'
import { landingAddress } from './landing-address.ts'
import type { Visit } from './visit.ts'

/** The link's own words, before anything is asked of anybody. Throws `not_found` for what cannot be a link of ours. */
export function demandTarget(token: string): ClickTarget {
  const target = readClick(token)
  if (!target) throw notFound('link', 'of this address')
  return target
}

/**
 * Where a signed link leads: the address that the campaign was given, else the job's own. Neither comes from the request. A visit is
 * recorded once per click of the platform, and its token goes along, so that an application can be credited. Throws `not_found` for a
 * link that we did not sign, or that has nowhere to lead.
 */
export async function followLink(
  { store, secrets }: Pick<Ports, 'store' | 'secrets'>,
  token: string,
  visit: Visit,
): Promise<string> {
  const target = demandTarget(token)
  const { org, campaignId, platform, jobId } = target
  const secret = await clickSecret(secrets, org)
  if (!secret || !verifyClick(token, secret)) throw notFound('link', 'of this address')
  const [campaign, job] = await Promise.all([store.get(org, 'campaigns', campaignId), store.get(org, 'jobs', jobId)])
  const address = addressOf(token, campaign, job)
  if (!campaign || !job || !address) throw notFound('link', 'of this address')
  const clickId = visit.counts ? clickIdOf(target, visit.platformClickId) : null
  if (clickId) await record({ store }, target, clickId)
  return landingAddress(address, {
    platform,
    campaignRef: campaign.ref,
    jobRef: job.ref,
    visit: clickId && signVisit({ ...target, clickId }, secret),
  })
}

/** An address that is our own link again would lead in a circle. */
function addressOf(token: string, campaign: Campaign | undefined, job: Job | undefined): string | undefined {
  const wanted = [campaign?.creative.url, job?.applyUrl]
  return wanted.find((url) => url && !url.includes(`/c/${token}`)) ?? undefined
}

/** The platform's id of a click is kept as a hash: it could be joined with what the platform knows of the person. */
const clickIdOf = ({ campaignId, platform }: ClickTarget, platformClickId: string | null): string =>
  platformClickId === null
    ? `clk_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`
    : `clk_${sha256(`${platform}\n${campaignId}\n${platformClickId}`).slice(0, 20)}`

async function record(
  { store }: Pick<Ports, 'store'>,
  { org, campaignId, platform, jobId }: ClickTarget,
  id: string,
): Promise<void> {
  const cause = { actor: system('track-click'), correlationId: context().correlationId }
  try {
    await store.transact(org, cause, async (tx) => {
      if (await tx.get('clicks', id)) return
      tx.create('clicks', { id, campaignId, platform, jobId, at: tx.now })
    })
  } catch (error) {
    // The same click at the same moment: one of the two wrote it.
    if (!(error instanceof DomainError && error.code === 'conflict')) throw error
  }
}
