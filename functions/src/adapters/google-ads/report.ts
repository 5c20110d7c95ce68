import { z } from 'zod'
import type { ReportQuery, ReportRow, ReportStep } from '#functions/ports/index.ts'
import type { AdsApi } from './ads-api.ts'

const Row = z.object({
  campaign: z.object({ id: z.coerce.string() }),
  segments: z.object({ date: z.string() }),
  metrics: z.object({
    impressions: z.coerce.number().int().default(0),
    clicks: z.coerce.number().int().default(0),
    costMicros: z.coerce.number().int().default(0),
    conversions: z.coerce.number().default(0),
  }),
})

/** One streamed query for the whole account, removed campaigns included: money that was spent stays spent. */
export async function reportDays(
  api: AdsApi,
  { since, until }: Extract<ReportQuery, { grain: 'days' }>,
): Promise<ReportStep> {
  const gaql = `SELECT campaign.id, segments.date, metrics.impressions, metrics.clicks, metrics.cost_micros, metrics.conversions FROM campaign WHERE segments.date BETWEEN '${since}' AND '${until}'`
  const rows: ReportRow[] = []
  for await (const read of api.rows(gaql)) {
    const { campaign, segments, metrics } = Row.parse(read)
    rows.push({
      externalId: campaign.id,
      since: segments.date,
      until: segments.date,
      counts: {
        impressions: metrics.impressions,
        clicks: metrics.clicks,
        spendMicros: metrics.costMicros,
        // A data-driven attribution model shares one application among several clicks.
        applications: Math.round(metrics.conversions),
        reach: null,
      },
    })
  }
  return { state: 'page', rows, token: null }
}
