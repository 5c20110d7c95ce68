import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { microsOfDecimal } from '#domain/money.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { adDay, addDays } from '#domain/time.ts'
import { log } from '#functions/lib/log.ts'
import type { ReportQuery, ReportRow, ReportStep } from '#functions/ports/index.ts'
import type { AdsApi } from './ads-api.ts'
import { unreadable } from './failure.ts'
import { parseJson } from './json.ts'

const TYPE = 'application/vnd.createasyncreportrequest.v3+json'
const PATH = '/reporting/reports'
const TIMEOUT_MS = 60_000
/** Amazon reports at most so many days at once; it restates 14 of them, with a tail to 30 (PLATFORMS.md 4). */
const MOST_DAYS = 31

const Created = z.object({ reportId: z.string() })
const Status = z.object({ status: z.string(), url: z.string().nullish(), failureReason: z.string().nullish() })
const Duplicate = z.object({ detail: z.string() })
const Row = z.object({
  campaignId: z.string(),
  date: z.string().optional(),
  impressions: z.number().int().default(0),
  clicks: z.number().int().default(0),
  cost: z.number().default(0),
  /** Off-Amazon conversions that the advertiser's tag reports as leads: our applications. To be confirmed on a live account. */
  leads: z.number().int().default(0),
  cumulativeReach: z.number().int().nullish(),
})

interface Range {
  since: string
  until: string
}

/**
 * One asynchronous report per stretch of days: calls grow with days, never with campaigns. The token is "run:<first day>:<report>"
 * while one is being made, "page:<first day>" where the next has to be asked for.
 */
export async function reportStep(
  api: AdsApi,
  { timeZone, now }: { timeZone: string; now: Date },
  query: ReportQuery,
  token: string | null,
): Promise<ReportStep> {
  const whole = rangeOf(query, adDay(now, timeZone))
  const [phase, day = whole.since, id] = (token ?? 'page').split(':')
  const until = [addDays(day, MOST_DAYS - 1), whole.until].sort()[0] ?? whole.until
  const range = { since: day, until }
  if (phase !== 'run' || !id) return { state: 'running', token: `run:${day}:${await begin(api, query, range)}` }
  const url = await finished(api, id)
  if (!url) return { state: 'running', token: `run:${day}:${id}` }
  // A link that has expired is asked for once more.
  const file = (await download(url)) ?? (await download((await finished(api, id)) ?? ''))
  if (!file) throw new PlatformFailure('transient', 'The report’s link had expired')
  const next = until < whole.until ? `page:${addDays(until, 1)}` : null
  return { state: 'page', rows: rowsOf(file, range), token: next }
}

/** The platform keeps no figures of a campaign's whole life: the longest range that one report can span stands for it. */
function rangeOf(query: ReportQuery, until: string): Range {
  if (query.grain === 'days') return query
  return { since: addDays(until, 1 - MOST_DAYS), until }
}

async function begin(api: AdsApi, query: ReportQuery, { since, until }: Range): Promise<string> {
  const daily = query.grain === 'days'
  const { status, body } = await api.call({
    method: 'POST',
    path: PATH,
    // A report that is asked for twice is made once: no outcome is ambiguous.
    reads: true,
    expects: 425,
    contentType: TYPE,
    body: {
      name: `campaigns ${since} ${until}`,
      startDate: since,
      endDate: until,
      configuration: {
        adProduct: 'SPONSORED_DISPLAY',
        groupBy: ['campaign'],
        columns: ['campaignId', 'impressions', 'clicks', 'cost', 'leads', ...(daily ? ['date'] : ['cumulativeReach'])],
        reportTypeId: 'sdCampaigns',
        timeUnit: daily ? 'DAILY' : 'SUMMARY',
        format: 'GZIP_JSON',
      },
    },
  })
  const id = status === 425 ? runningId(body) : Created.safeParse(body).data?.reportId
  if (!id) throw unreadable(true, `POST ${PATH}`)
  return id
}

/** The same report is running already: its id stands in a sentence. */
export const runningId = (body: unknown): string | undefined =>
  /duplicate of\s*:?\s*([0-9a-f-]{36})/i.exec(Duplicate.safeParse(body).data?.detail ?? '')?.[1]

/** Where the report lies; undefined while it is being made. */
async function finished(api: AdsApi, id: string): Promise<string | undefined> {
  const { body } = await api.call({ method: 'GET', path: `${PATH}/${id}`, contentType: TYPE })
  const read = Status.safeParse(body)
  if (!read.success) throw unreadable(true, `GET ${PATH}`)
  const { status, url, failureReason } = read.data
  if (status === 'FAILED')
    throw new PlatformFailure('transient', `The report failed: ${failureReason ?? 'no reason given'}`)
  return status === 'COMPLETED' ? (url ?? undefined) : undefined
}

/** Fetched without the API's headers, as the link is signed. undefined = the link has expired. */
async function download(url: string): Promise<string | undefined> {
  const where = 'GET the report'
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    log().info({ call: where, status: answer.status }, 'platform call')
    if (answer.status === 403) return undefined
    if (!answer.ok)
      throw new PlatformFailure(answer.status === 429 ? 'throttled' : 'transient', `${where}: HTTP ${answer.status}`)
    return gunzipSync(await answer.arrayBuffer()).toString('utf8')
  } catch (error) {
    if (error instanceof PlatformFailure) throw error
    throw new PlatformFailure('transient', `${where}: it did not arrive whole`)
  }
}

export function rowsOf(file: string, { since, until }: Range): ReportRow[] {
  const rows = z.array(Row).safeParse(parseJson(file))
  if (!rows.success) throw unreadable(true, 'GET the report')
  return rows.data.map((row) => ({
    externalId: row.campaignId,
    since: row.date ?? since,
    until: row.date ?? until,
    counts: {
      impressions: row.impressions,
      clicks: row.clicks,
      spendMicros: microsOfDecimal(String(row.cost)),
      applications: row.leads,
      reach: row.cumulativeReach ?? null,
    },
  }))
}
