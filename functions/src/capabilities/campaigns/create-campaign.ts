import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Campaign } from '#domain/campaign.ts'
import { fitText } from '#domain/copy.ts'
import { DomainError, notFound, type Problem } from '#domain/errors.ts'
import { PlatformKey } from '#domain/ids.ts'
import type { Job } from '#domain/job.ts'
import { Currency, parseMoney } from '#domain/money.ts'
import { AdDay, adDay, daysBetween } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { composeCopy } from './compose-copy.ts'

const LONGEST_DAYS = 366

const REGIONS = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && REGIONS.of(code) !== undefined

/** As console, CLI and API send it. */
export const CampaignInput = z
  .object({
    job: z.string().min(1),
    platform: PlatformKey.optional(),
    platforms: z.array(PlatformKey).min(1).optional(),
    segments: z.array(z.string()).max(10).default([]),
    dailyBudget: z.object({ amount: z.string().max(20), currency: Currency }).strict(),
    start: AdDay.optional(),
    end: AdDay,
    countries: z.array(z.string().refine(isCountry, 'ISO 3166-1 alpha-2, such as CO')).max(25).optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    image: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'the id that POST /v1/images gave')
      .optional(),
    name: z.string().min(1).max(200).optional(),
    creative: z
      .object({
        primaryText: z.string().min(1).max(500),
        headline: z.string().min(1).max(40),
        description: z.string().max(50).default(''),
      })
      .strict()
      .optional(),
  })
  .strict()
  .meta({ id: 'CampaignInput' })
export type CampaignInput = z.input<typeof CampaignInput>

type Needs = Pick<Ports, 'store' | 'clock' | 'copywriter'>

/** Makes a DRAFT; nothing reaches a platform. Throws `invalid` with a pointer per mistake. */
export async function createCampaign(ports: Needs, org: string, cause: Cause, raw: CampaignInput): Promise<Campaign> {
  const { store, clock } = ports
  const input = CampaignInput.parse(raw)
  const job = await store.find(org, 'jobs', input.job)
  const { platforms, connection } = await connected(store, org, input)
  const today = adDay(clock.now(), connection.timeZone)
  const dailyBudget = parseMoney(input.dailyBudget.amount, input.dailyBudget.currency)
  const startsOn = input.start ?? today
  const countries = input.countries ?? countriesOf(job)
  const url = input.url ?? job.applyUrl

  const problems: Problem[] = []
  if (job.status !== 'open') problems.push({ at: '/job', message: `${job.ref} is closed`, remedy: 'Reopen it first.' })
  if (dailyBudget.minor <= 0)
    problems.push({
      at: '/dailyBudget/amount',
      message: 'The daily budget must be above zero',
      remedy: 'Such as 20.00.',
    })
  if (dailyBudget.currency !== connection.currency)
    problems.push({
      at: '/dailyBudget/currency',
      message: `The ad account bills in ${connection.currency}`,
      remedy: `Give the budget in ${connection.currency}.`,
    })
  if (startsOn < today)
    problems.push({ at: '/start', message: `${startsOn} has passed`, remedy: `Begin on ${today} or later.` })
  if (input.end < startsOn)
    problems.push({ at: '/end', message: 'It ends before it starts', remedy: `End on ${startsOn} or later.` })
  else if (daysBetween(startsOn, input.end).length > LONGEST_DAYS)
    problems.push({ at: '/end', message: `It runs longer than ${LONGEST_DAYS} days`, remedy: 'Choose an earlier end.' })
  if (countries.length === 0)
    problems.push({
      at: '/countries',
      message: 'The job names no country',
      remedy: 'Say in which countries it is advertised.',
    })
  if (!url)
    problems.push({
      at: '/url',
      message: 'The job has no apply address',
      remedy: 'Give the address where candidates apply.',
    })
  const segments = await segmentIds(store, org, input.segments, problems)
  if (input.image && !(await store.get(org, 'images', input.image)))
    problems.push({ at: '/image', message: 'No such image', remedy: 'Upload it first: POST /v1/images.' })
  if (problems.length > 0 || !url)
    throw new DomainError('invalid', problems[0]?.message ?? 'The campaign is incomplete', {
      problems,
      ...(problems[0]?.remedy && { remedy: problems[0].remedy }),
    })

  const copy = input.creative ? { ...input.creative, copyBy: 'person' as const } : await composeCopy(ports, job)
  const [ref = ''] = await store.reserveRefs(org, 'campaigns', 1)
  return store.transact(org, cause, async (tx) => {
    const stored = await tx.get('jobs', job.id)
    if (!stored) throw notFound('job', job.id)
    const campaign = tx.record(
      'campaigns',
      {
        id: `cmp_${randomBytes(10).toString('hex')}`,
        ref,
        name: input.name ?? fitText(`${job.title}${job.company ? ` · ${job.company}` : ''}`, 200),
        jobId: job.id,
        jobRef: job.ref,
        jobTitle: job.title,
        platforms,
        dailyBudget,
        startsOn,
        endsOn: input.end,
        countries,
        segments,
        creative: { ...copy, description: copy.description, image: input.image ?? null, url },
        status: 'DRAFT',
        reason: null,
        createdBy: `${cause.actor.kind}:${cause.actor.id}`,
        totals: null,
        months: {},
        reach: null,
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

async function connected(store: Needs['store'], org: string, input: z.infer<typeof CampaignInput>) {
  const platforms = [...new Set(input.platforms ?? (input.platform ? [input.platform] : []))]
  if (platforms.length === 0)
    throw new DomainError('invalid', 'No platform is named', {
      problems: [{ at: '/platform', message: 'Required', remedy: 'meta' }],
      remedy: 'Name at least one, such as meta.',
    })
  const connections = await store.getAll(org, 'connections', platforms)
  const missing = platforms.find((_, i) => !connections[i])
  const connection = connections[0]
  if (missing || !connection)
    throw new DomainError('unprocessable', `No ad account of ${missing} is connected`, {
      problems: [{ at: '/platform', message: `${missing} is not connected` }],
      remedy: 'Connect one in Settings, or with "adflux connections add".',
    })
  return { platforms, connection }
}

const countriesOf = (job: Job): string[] => [...new Set(job.places.flatMap((p) => (p.country ? [p.country] : [])))]

/** Segments by id or by their name in either language. */
async function segmentIds(
  store: Needs['store'],
  org: string,
  wanted: string[],
  problems: Problem[],
): Promise<string[]> {
  if (wanted.length === 0) return []
  const { items } = await store.list(org, 'segments', { where: { active: true }, limit: 200 })
  return wanted.flatMap((text, i) => {
    const found = items.find((s) => [s.id, s.name.es, s.name.en].some((n) => n.toLowerCase() === text.toLowerCase()))
    if (!found)
      problems.push({
        at: `/segments/${i}`,
        message: `No active segment ${text}`,
        remedy: 'List them: GET /v1/segments.',
      })
    return found ? [found.id] : []
  })
}
