import type { Campaign, CampaignTerms } from '#domain/campaign.ts'
import { assertMove, termsOf } from '#domain/campaign-status.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import { DomainError, notFound, type Problem } from '#domain/errors.ts'
import { parseMoney } from '#domain/money.ts'
import { adDay } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { CampaignPatch, type TermsInput } from './campaign-input.ts'
import { demandNone, problemsOf, segmentIds } from './check-terms.ts'
import { connected } from './create-campaign.ts'

type Needs = Pick<Ports, 'store' | 'clock'>

/**
 * Changes a campaign's terms. A draft changes at once; of a campaign that a platform has, the change waits in `pending` until it is
 * published, because the platform still runs the old terms. `version` is the one that the person saw. Throws `invalid` with a pointer
 * per mistake, `conflict`, `illegal_state`.
 */
export async function editCampaign(
  ports: Needs,
  org: string,
  cause: Cause,
  idOrRef: string,
  raw: CampaignPatch,
  version?: number,
): Promise<Campaign> {
  const { store, clock } = ports
  const input = CampaignPatch.parse(raw)
  const seen = await store.find(org, 'campaigns', idOrRef)
  assertMove('edit', seen.status, seen.ref)
  const [job, connections] = await Promise.all([
    store.get(org, 'jobs', seen.jobId),
    connected(store, org, seen.platforms),
  ])
  if (!job) throw notFound('job', seen.jobId)
  const today = adDay(clock.now(), connections[0]?.timeZone ?? 'Etc/UTC')
  const problems: Problem[] = []
  const segments = input.segments && (await segmentIds(ports, org, input.segments, problems))
  const terms = { ...termsOf(seen), ...changesIn(seen, input, segments) }
  const begun = seen.status !== 'DRAFT' && seen.startsOn <= today
  if (seen.status !== 'DRAFT') problems.push(...fixedOnPlatforms(seen, terms, begun))
  // What began in the past stays as it is: only a new start must lie ahead.
  const checked = begun ? { ...terms, startsOn: terms.endsOn < today ? terms.startsOn : today } : terms
  demandNone([...(await problemsOf(ports, org, checked, { job, connections, today })), ...problems])

  return store.transact(org, cause, async (tx) => {
    const campaign = await tx.get('campaigns', seen.id)
    if (!campaign) throw notFound('campaign', seen.id)
    if (campaign.version !== (version ?? seen.version))
      throw new DomainError(
        'conflict',
        `${campaign.ref} is at version ${campaign.version}, not ${version ?? seen.version}`,
        {
          remedy: 'Read it again.',
        },
      )
    const next =
      campaign.status === 'DRAFT' ? { ...campaign, ...terms } : { ...campaign, pending: differences(campaign, terms) }
    tx.emit('campaign.changed', [campaign.id])
    return tx.record('campaigns', next, campaign, { action: 'campaign.edited' })
  })
}

function changesIn(seen: Campaign, input: TermsInput, segments: string[] | undefined): Partial<CampaignTerms> {
  const { creative } = termsOf(seen)
  const words = input.creative && { ...input.creative, copyBy: 'person' as const }
  return {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.dailyBudget && { dailyBudget: parseMoney(input.dailyBudget.amount, input.dailyBudget.currency) }),
    ...(input.split && { split: input.split }),
    ...(input.start && { startsOn: input.start }),
    ...(input.end && { endsOn: input.end }),
    ...(input.countries && { countries: input.countries }),
    ...(segments && { segments }),
    creative: {
      ...creative,
      ...words,
      ...(input.url && { url: input.url }),
      ...(input.image !== undefined && { image: input.image }),
    },
  }
}

function fixedOnPlatforms(seen: Campaign, terms: CampaignTerms, begun: boolean): Problem[] {
  const problems: Problem[] = []
  if (begun && terms.startsOn !== seen.startsOn)
    problems.push({ at: '/start', message: `It began on ${seen.startsOn}`, remedy: 'Change the end alone.' })
  if (canonicalJson(terms.countries) !== canonicalJson(seen.countries))
    problems.push({
      at: '/countries',
      message: 'The countries of an employment campaign are fixed when it is made',
      remedy: 'Duplicate the campaign for other countries.',
    })
  return problems
}

/** Only what differs from what holds; null = nothing does. */
function differences(campaign: Campaign, terms: CampaignTerms): Partial<CampaignTerms> | null {
  const changed = Object.entries(terms).filter(
    ([field, value]) => canonicalJson(value) !== canonicalJson(campaign[field as keyof CampaignTerms]),
  )
  return changed.length > 0 ? (Object.fromEntries(changed) as Partial<CampaignTerms>) : null
}
