import sdk from 'facebook-nodejs-business-sdk'
import { z } from 'zod'
import { microsOfDecimal } from '#domain/money.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { ReportQuery, ReportRow, ReportStep } from '#functions/ports/index.ts'
import type { GraphApi } from './graph-api.ts'

const PAGE = 500
/** Without it Meta leaves out what was deleted, and money that was spent would vanish from our figures. */
const EVER_THERE = [
  {
    field: 'campaign.effective_status',
    operator: 'IN',
    value: ['ACTIVE', 'PAUSED', 'IN_PROCESS', 'WITH_ISSUES', 'ARCHIVED', 'DELETED'],
  },
]
/** Counts as an application: the pixel's SubmitApplication on the website (docs/decisions/005). */
const APPLICATION_ACTION = 'submit_application_website'

const Row = z.object({
  campaign_id: z.string(),
  date_start: z.string(),
  date_stop: z.string(),
  impressions: z.coerce.number().int().default(0),
  inline_link_clicks: z.coerce.number().int().default(0),
  spend: z.string().default('0'),
  reach: z.coerce.number().int().nullable().default(null),
  actions: z.array(z.object({ action_type: z.string(), value: z.coerce.number() })).default([]),
})
const Page = z.object({
  data: z.array(Row),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional(),
})
const Run = z.object({ async_status: z.string(), async_percent_completion: z.coerce.number() })

const toRow = (row: z.infer<typeof Row>): ReportRow => ({
  externalId: row.campaign_id,
  since: row.date_start,
  until: row.date_stop,
  counts: {
    impressions: row.impressions,
    clicks: row.inline_link_clicks,
    spendMicros: microsOfDecimal(row.spend),
    applications: row.actions.find((a) => a.action_type === APPLICATION_ACTION)?.value ?? 0,
    reach: row.reach,
  },
})

/** One account-level asynchronous report: calls grow with pages, never with campaigns. The token is "run:<id>" or "page:<id>:<cursor>". */
export async function reportStep(
  api: GraphApi,
  accountId: string,
  query: ReportQuery,
  token: string | null,
): Promise<ReportStep> {
  if (!token) return begin(api, accountId, query)
  const [phase, runId = '', after] = token.split(':')
  if (phase === 'run') {
    const run = Run.parse(await api.call('GET', [runId], { fields: 'async_status,async_percent_completion' }))
    if (run.async_status === 'Job Failed' || run.async_status === 'Job Skipped')
      throw new PlatformFailure('transient', `The report ended as "${run.async_status}"`)
    if (run.async_status !== 'Job Completed' || run.async_percent_completion < 100) return { state: 'running', token }
  }
  const page = Page.parse(await api.call('GET', [runId, 'insights'], { limit: PAGE, ...(after && { after }) }))
  const next = page.paging?.next ? page.paging.cursors?.after : undefined
  return { state: 'page', rows: page.data.map(toRow), token: next ? `page:${runId}:${next}` : null }
}

async function begin(api: GraphApi, accountId: string, query: ReportQuery): Promise<ReportStep> {
  const account = new sdk.AdAccount(`act_${accountId}`, {}, undefined, api)
  const range =
    query.grain === 'days'
      ? { time_increment: 1, time_range: { since: query.since, until: query.until } }
      : { time_increment: 'all_days', date_preset: 'maximum' }
  const run = await account.getInsightsAsync(
    ['campaign_id', 'impressions', 'inline_link_clicks', 'spend', 'reach', 'actions', 'account_currency'],
    {
      level: 'campaign',
      limit: PAGE,
      filtering: EVER_THERE,
      action_attribution_windows: ['7d_click', '1d_view'],
      ...range,
    },
  )
  const id = z
    .object({ report_run_id: z.coerce.string().optional(), id: z.coerce.string().optional() })
    .parse(run._data ?? run)
  const runId = id.report_run_id ?? id.id
  if (!runId) throw new PlatformFailure('transient', 'The platform named no report run')
  return { state: 'running', token: `run:${runId}` }
}
