import type { Campaign } from '#domain/campaign.ts'
import { fitText } from '#domain/copy.ts'
import { DomainError, notFound, type Problem } from '#domain/errors.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Job } from '#domain/job.ts'
import { parseMoney } from '#domain/money.ts'
import { adDay } from '#domain/time.ts'
import { newId } from '#functions/lib/new-id.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { CampaignInput } from './campaign-input.ts'
import { demandNone, problemsOf, segmentIds } from './check-terms.ts'
import { composeCopy } from './compose-copy.ts'

type Needs = Pick<Ports, 'store' | 'clock' | 'copywriter'>

/** Makes a DRAFT, once per request key; nothing reaches a platform. Throws `invalid` with a pointer per mistake. */
export async function createCampaign(ports: Needs, org: string, cause: Cause, raw: CampaignInput): Promise<Campaign> {
  const { store, clock } = ports
  const id = newId('cmp', cause)
  const made = cause.requestKey ? await store.get(org, 'campaigns', id) : undefined
  if (made) return made
  const input = CampaignInput.parse(raw)
  const job = await store.find(org, 'jobs', input.job)
  const platforms = [...new Set(input.platforms ?? (input.platform ? [input.platform] : []))]
  const connections = await connected(store, org, platforms)
  const today = adDay(clock.now(), connections[0]?.timeZone ?? 'Etc/UTC')
  const unknownSegments: Problem[] = []
  const terms = {
    dailyBudget: parseMoney(input.dailyBudget.amount, input.dailyBudget.currency),
    split: input.split ?? {},
    startsOn: input.start ?? today,
    endsOn: input.end,
    countries: input.countries ?? countriesOf(job),
    segments: await segmentIds(ports, org, input.segments ?? [], unknownSegments),
  }
  const url = input.url ?? job.applyUrl
  const shown = { url: url ?? null, image: input.image ?? null }
  const problems = await problemsOf(ports, org, { ...terms, creative: shown }, { job, connections, today })
  demandNone([...problems, ...unknownSegments])

  const copy = input.creative ? { ...input.creative, copyBy: 'person' as const } : await composeCopy(ports, job)
  const [ref = ''] = await store.reserveRefs(org, 'campaigns', 1)
  return store.transact(org, cause, async (tx) => {
    const meanwhile = await tx.get('campaigns', id)
    if (meanwhile) return meanwhile
    const stored = await tx.get('jobs', job.id)
    if (!stored) throw notFound('job', job.id)
    const campaign = tx.record(
      'campaigns',
      {
        ...terms,
        ...{ id, ref },
        name: input.name ?? fitText(`${job.title}${job.company ? ` · ${job.company}` : ''}`, 200),
        jobId: job.id,
        jobRef: job.ref,
        jobTitle: job.title,
        platforms,
        creative: { ...copy, description: copy.description, image: shown.image, url: url ?? '' },
        pending: null,
        status: 'DRAFT',
        reason: null,
        createdBy: `${cause.actor.kind}:${cause.actor.id}`,
        totals: null,
        months: {},
        reach: {},
        received: 0,
        syncedAt: null,
        correlationId: cause.correlationId,
      },
      undefined,
      { action: 'campaign.created' },
    )
    tx.measure('jobs', job.id, { totals: { ...stored.totals, campaigns: stored.totals.campaigns + 1 } })
    tx.emit('campaign.changed', [campaign.id])
    return campaign
  })
}

/** The ad accounts of the platforms named, in their order. Throws where none is named or one is not connected. */
export async function connected(store: Ports['store'], org: string, platforms: readonly PlatformKey[]) {
  if (platforms.length === 0)
    throw new DomainError('invalid', 'No platform is named', {
      problems: [{ at: '/platform', message: 'Required', remedy: 'meta' }],
      remedy: 'Name at least one, such as meta.',
    })
  const connections = await store.getAll(org, 'connections', platforms)
  const missing = platforms.find((_, i) => !connections[i])
  if (missing)
    throw new DomainError('unprocessable', `No ad account of ${missing} is connected`, {
      problems: [{ at: '/platform', message: `${missing} is not connected` }],
      remedy: 'Connect one in Settings, or with "adflux connections add".',
    })
  return connections.flatMap((connection) => connection ?? [])
}

const countriesOf = (job: Job): string[] => [...new Set(job.places.flatMap((p) => (p.country ? [p.country] : [])))]
