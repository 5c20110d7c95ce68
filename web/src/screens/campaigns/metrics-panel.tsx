import { type Campaign, reachOf } from '#domain/campaign.ts'
import { derive, type MetricsMonth } from '#domain/metrics.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useList } from '../../live/use-list.ts'
import { BarChart } from '../../ui/chart/bar-chart.tsx'
import { Figure, FigureRow } from '../../ui/figure.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shown } from '../../ui/shown.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { dayRows } from './day-rows.ts'
import { DayTable } from './day-table.tsx'

/** Three platforms for a year: the most that a campaign's detail reads. */
const MONTHS = 36

export function MetricsPanel({ campaign }: { campaign: Campaign }) {
  const { campaign: texts, common } = useTexts()
  const format = useFormat()
  const words = texts.metrics
  const months = useList<MetricsMonth>({
    path: `campaigns/${campaign.id}/metrics`,
    order: ['id', 'desc'],
    limit: MONTHS,
  })
  return (
    <Panel
      title={words.title}
      note={
        campaign.syncedAt && `${words.until(format.instant(campaign.syncedAt))} · ${common.zone(format.timeZone ?? '')}`
      }
    >
      {campaign.totals === null ? (
        <p className="text-sm text-muted">{words.never}</p>
      ) : (
        <div className="flex flex-col gap-5">
          <Totals campaign={campaign} />
          <Shown
            live={months}
            skeleton={<Skeleton className="h-44 w-full" />}
            isEmpty={(list) => list.length === 0}
            empty={<p className="text-sm text-muted">{words.noDays}</p>}
          >
            {(list) => <Days months={list} currency={campaign.dailyBudget.currency} />}
          </Shown>
        </div>
      )}
    </Panel>
  )
}

function Totals({ campaign }: { campaign: Campaign }) {
  const { campaign: texts } = useTexts()
  const format = useFormat()
  const words = texts.metrics
  const { totals, dailyBudget } = campaign
  const reach = reachOf(campaign)
  if (totals === null) return null
  const rates = derive(totals)
  const money = (micros: number | null) => format.micros(micros, dailyBudget.currency)
  return (
    <>
      <div>
        <h3 className="pb-2 text-xs font-medium text-muted">{words.reported}</h3>
        <FigureRow>
          <Figure label={words.figures.spend} value={money(totals.spendMicros)} />
          <Figure label={words.figures.applications} value={format.number(totals.applications)} />
          <Figure label={words.figures.cost} value={money(rates.costPerApplicationMicros)} />
          <Figure label={words.figures.clicks} value={format.number(totals.clicks)} />
          <Figure label={words.figures.ctr} value={format.percent(rates.ctr, 2)} />
          <Figure label={words.figures.cpc} value={money(rates.cpcMicros)} />
          <Figure label={words.figures.impressions} value={format.number(totals.impressions)} />
          <Figure
            label={words.reach}
            value={format.number(reach?.reach)}
            {...(reach ? { note: words.reachNote(format.day(reach.since), format.day(reach.until)) } : {})}
          />
        </FigureRow>
      </div>
      <div className="border-t border-line pt-3">
        <FigureRow>
          <Figure label={words.received} value={format.number(campaign.received)} />
        </FigureRow>
        <p className="pt-1 text-xs text-muted">{words.receivedNote}</p>
      </div>
    </>
  )
}

function Days({ months, currency }: { months: readonly MetricsMonth[]; currency: string }) {
  const { campaign: texts } = useTexts()
  const format = useFormat()
  const words = texts.metrics
  const rows = dayRows(months)
  const last = rows.at(-1)?.day
  const series = (pick: (row: (typeof rows)[number]) => number) =>
    rows.map((row) => ({ day: row.day, value: pick(row), provisional: row.day === last }))
  return (
    <>
      <BarChart
        title={words.spendChart(currency)}
        points={series((row) => row.spendMicros)}
        format={(micros) => format.micros(micros, currency)}
        axis={(micros) => format.compact(micros / 1e6)}
      />
      <BarChart
        title={words.applicationsChart}
        points={series((row) => row.applications)}
        format={format.number}
        axis={format.compact}
      />
      <DayTable rows={rows} currency={currency} />
    </>
  )
}
