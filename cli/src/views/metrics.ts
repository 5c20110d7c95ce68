import type { Money } from '#domain/money.ts'
import type { Output } from '../output.ts'

/** As `GET /v1/campaigns/{id}/metrics` answers; null is unknown. */
export interface Metrics {
  impressions: number | null
  reach: number | null
  clicks: number | null
  spend: Money | null
  /** As the platforms report them. */
  applications: number | null
  /** As they reached us with the campaign's click. */
  received: number | null
  ctr: number | null
  cpcMicros: number | null
  cpmMicros: number | null
  costPerApplicationMicros: number | null
  applyRate: number | null
  days: Day[]
  syncedAt: string | null
}

interface Day {
  day: string
  impressions: number
  reach: number | null
  clicks: number
  spendMicros: number
  applications: number
}

export function metricsText({ details, format, table }: Output, metrics: Metrics): string {
  const currency = metrics.spend?.currency
  const cost = (micros: number | null): string => format.micros(micros, currency)
  const sums = details([
    ['impressions', format.integer(metrics.impressions)],
    ['reach', format.integer(metrics.reach)],
    ['clicks', format.integer(metrics.clicks)],
    ['spent', format.money(metrics.spend)],
    [
      'applications',
      `${format.integer(metrics.applications)} by the platforms, ${format.integer(metrics.received)} received`,
    ],
    ['click rate', format.percent(metrics.ctr)],
    ['a click', cost(metrics.cpcMicros)],
    ['a thousand', cost(metrics.cpmMicros)],
    ['an application', cost(metrics.costPerApplicationMicros)],
    ['apply rate', format.percent(metrics.applyRate)],
    ['synced', format.instant(metrics.syncedAt)],
  ])
  if (metrics.days.length === 0) return `${sums}\n\nNo day was fetched yet: adflux campaigns sync --wait`
  const days = table<Day>(
    [
      { head: 'DAY', of: (d) => d.day },
      { head: 'IMPRESSIONS', of: (d) => format.integer(d.impressions), align: 'right' },
      { head: 'REACH', of: (d) => format.integer(d.reach), align: 'right' },
      { head: 'CLICKS', of: (d) => format.integer(d.clicks), align: 'right' },
      { head: 'SPENT', of: (d) => format.micros(d.spendMicros, currency), align: 'right' },
      { head: 'APPLICATIONS', of: (d) => format.integer(d.applications), align: 'right' },
    ],
    metrics.days,
  )
  return `${sums}\n\n${days}`
}
