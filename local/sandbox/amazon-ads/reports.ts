import { createHash, timingSafeEqual } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import { majorText } from '../data/currencies.ts'
import type { Ledger } from '../delivery/ledger.ts'
import type { Account, Fields, ReportRun } from '../events.ts'
import { addRow, emptySum, eventOf, reachIn, type Sum } from '../meta/insight-rows.ts'
import type { World } from '../world.ts'
import { dateOf, dayNumber } from '../zone.ts'
import { AdsError, badRequest } from './errors.ts'

/** Where finished reports lie; fetched without the API's headers. */
export const REPORT_HOST = 'offline-report-storage-sandbox.s3.amazonaws.com'
const LINK_SECONDS = 3600
const MOST_DAYS = 31

const FIGURES: Record<string, (sum: Sum, account: Account) => number> = {
  impressions: (sum) => sum.impressions,
  clicks: (sum) => sum.linkClicks,
  cost: (sum, account) => Number(majorText(sum.spend, account.currency)),
  leads: (sum) => sum.applications,
  cumulativeReach: (sum) => reachIn(sum),
}

const Request = z.strictObject({
  name: z.string().max(255).optional(),
  startDate: z.string(),
  endDate: z.string(),
  configuration: z.strictObject({
    adProduct: z.literal('SPONSORED_DISPLAY'),
    groupBy: z.tuple([z.literal('campaign')]),
    columns: z.array(z.enum(['campaignId', 'date', 'startDate', 'endDate', ...Object.keys(FIGURES)])).min(1),
    reportTypeId: z.literal('sdCampaigns'),
    timeUnit: z.enum(['DAILY', 'SUMMARY']),
    format: z.literal('GZIP_JSON'),
  }),
})

/** Seconds in whichever clock gets there first, as for every report of the sandbox. */
function progress(world: World, run: ReportRun): 'PENDING' | 'PROCESSING' | 'COMPLETED' | 'FAILED' {
  const waited = Math.max(world.now() - run.at, Date.now() - run.realAt) / 1000
  const done = waited / Math.max(0.001, world.settings.reportSeconds)
  if (run.outcome === 'stuck' && done > 0.3) return 'PROCESSING'
  if (run.outcome === 'failed' && done > 0.6) return 'FAILED'
  return done < 0.3 ? 'PENDING' : done < 1 ? 'PROCESSING' : 'COMPLETED'
}

/** POST /reporting/reports. The same report that is still running is not begun twice: 425 names it. */
export function createReport(world: World, account: Account, body: unknown, outcome: ReportRun['outcome']): Fields {
  const read = Request.safeParse(body)
  const issue = read.error?.issues[0]
  if (!read.success) throw badRequest(`${issue?.path.join('.')}: ${issue?.message}`)
  const { name: _name, ...asked } = read.data
  const [since, until] = [dayNumber(asked.startDate), dayNumber(asked.endDate)]
  if (since === undefined || until === undefined || until < since)
    throw badRequest('startDate and endDate must be dates in order')
  if (until - since >= MOST_DAYS) throw badRequest(`The range must not exceed ${MOST_DAYS} days`)
  if ((asked.configuration.timeUnit === 'DAILY') !== asked.configuration.columns.includes('date'))
    throw badRequest('columns: date belongs to the time unit DAILY')
  const params = asked as unknown as Fields
  const twin = [...world.reports.values()].find(
    (run) =>
      run.account === account.id &&
      JSON.stringify(run.params) === JSON.stringify(params) &&
      ['PENDING', 'PROCESSING'].includes(progress(world, run)),
  )
  if (twin) throw new AdsError(425, '425', `The Request is a duplicate of : ${twin.id}`)
  const run: ReportRun = {
    ...{ id: reportId(world), account: account.id, node: account.id, params, outcome },
    ...{ at: world.now(), realAt: Date.now() },
  }
  world.record({ type: 'report', run })
  return reportStatus(world, account, run.id)
}

function reportId(world: World): string {
  const hex = createHash('sha256').update(`${world.seed}/report/${world.newId()}/${world.reports.size}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** GET /reporting/reports/{id}; each asking makes a fresh link. */
export function reportStatus(world: World, account: Account, id: string): Fields {
  const run = world.reports.get(id)
  if (run?.account !== account.id) throw new AdsError(404, 'NOT_FOUND', `There is no report ${id}`)
  const status = progress(world, run)
  const until = Date.now() + LINK_SECONDS * 1000
  return {
    ...{ reportId: id, status, startDate: run.params.startDate ?? '', endDate: run.params.endDate ?? '' },
    configuration: run.params.configuration ?? {},
    failureReason: status === 'FAILED' ? 'The report could not be generated' : null,
    url:
      status === 'COMPLETED'
        ? `https://${REPORT_HOST}/${id}.json.gz?Expires=${until}&Signature=${sign(world, id, until)}`
        : null,
    urlExpiresAt: status === 'COMPLETED' ? new Date(until).toISOString() : null,
  }
}

const sign = (world: World, id: string, until: number): string =>
  createHash('sha256').update(`${world.seed}/link/${id}/${until}`).digest('hex')

/** The report behind a link, or undefined where the link is not one of ours or has expired. */
export function linkedReport(world: World, path: string, query: URLSearchParams): ReportRun | undefined {
  const run = world.reports.get(/^\/([0-9a-f-]{36})\.json\.gz$/.exec(path)?.[1] ?? '')
  const until = Number(query.get('Expires'))
  if (!run || !(until > Date.now())) return undefined
  const right = Buffer.from(sign(world, run.id, until))
  const given = Buffer.from(query.get('Signature') ?? '')
  return right.length === given.length && timingSafeEqual(right, given) ? run : undefined
}

/** The gzip file: a row per campaign and day, or per campaign; where nothing happened there is no row. */
export function reportFile(world: World, ledger: Ledger, run: ReportRun): Buffer {
  const { startDate, endDate, configuration } = Request.parse(run.params)
  const account = world.accounts.get(run.account)
  if (!account) return gzipSync('[]')
  const [since, until] = [dayNumber(startDate) ?? 0, dayNumber(endDate) ?? 0]
  const rows = world.edge(account.id, 'campaign').flatMap((id) => {
    const campaign = world.things.get(id)
    if (!campaign) return []
    const found = ledger.campaign(campaign, since, until, run.at)
    const groups = Map.groupBy(found, ({ day }) => (configuration.timeUnit === 'DAILY' ? day : since))
    return [...groups].map(([day, figures]) => {
      const sum = emptySum()
      for (const row of figures) addRow(sum, row, eventOf(world, row.adset), row.adset)
      const facts: Record<string, string> = { date: dateOf(day), startDate, endDate }
      const cells = configuration.columns.map((column) =>
        column === 'campaignId'
          ? // Ids exceed 2^53 and are numbers here too.
            `"campaignId":${id}`
          : `${JSON.stringify(column)}:${JSON.stringify(facts[column] ?? FIGURES[column]?.(sum, account) ?? null)}`,
      )
      return `{${cells.join(',')}}`
    })
  })
  return gzipSync(`[${rows.join(',')}]`)
}
