import type { Connection } from '#domain/connection.ts'
import { derive, type Rollup } from '#domain/metrics.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import type { Live } from '../../live/use-watch.ts'
import { BarChart } from '../../ui/chart/bar-chart.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Figure, FigureRow } from '../../ui/figure.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shown } from '../../ui/shown.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { type Figures, figuresOf, type Period } from './figures.ts'

interface Props {
  rollups: Live<Rollup[]>
  connections: Live<Connection[]>
  days: number
}

export function Results({ rollups, connections, days }: Props) {
  const { dashboard: texts } = useTexts()
  const known = {
    state: rollups.state === 'live' ? connections.state : rollups.state,
    data: rollups.data && connections.data && figuresOf(rollups.data, connections.data, days),
  }
  return (
    <Panel title={texts.figures.title} note={texts.figures.note}>
      <Shown
        live={known}
        skeleton={<Skeleton className="h-72 w-full" />}
        isEmpty={(all) => all.length === 0}
        empty={<Empty icon="campaigns" title={texts.noData} />}
      >
        {(all) => (
          <div className="flex flex-col gap-6">
            {all.map((figures) => (
              <CurrencyResults key={figures.currency} figures={figures} days={days} />
            ))}
          </div>
        )}
      </Shown>
    </Panel>
  )
}

function CurrencyResults({ figures, days }: { figures: Figures; days: number }) {
  const { dashboard: texts } = useTexts()
  const format = useFormat()
  const { currency, now, before } = figures
  const money = (micros: number | null) => format.micros(micros, currency)
  const last = now.until
  const series = (pick: (counts: NonNullable<Period['days'][number]['counts']>) => number) =>
    now.days.map(({ day, counts }) => ({ day, value: counts && pick(counts), provisional: day === last }))
  const change = useChange(days)
  const a = derive(now.counts)
  const b = before && derive(before.counts)
  return (
    <div className="flex flex-col gap-5">
      <FigureRow>
        <Figure
          label={texts.figures.spend}
          value={money(now.counts.spendMicros)}
          note={change(now.counts.spendMicros, before?.counts.spendMicros)}
        />
        <Figure
          label={texts.figures.applications}
          value={format.number(now.counts.applications)}
          note={change(now.counts.applications, before?.counts.applications)}
        />
        <Figure
          label={texts.figures.cost}
          value={money(a.costPerApplicationMicros)}
          note={change(a.costPerApplicationMicros, b?.costPerApplicationMicros)}
        />
        <Figure label={texts.figures.ctr} value={format.percent(a.ctr, 2)} note={change(a.ctr, b?.ctr)} />
        <Figure label={texts.figures.cpc} value={money(a.cpcMicros)} note={change(a.cpcMicros, b?.cpcMicros)} />
      </FigureRow>
      <div className="grid gap-6 lg:grid-cols-2">
        <BarChart
          title={texts.charts.spend(currency ?? '—')}
          points={series((counts) => counts.spendMicros)}
          format={(micros) => money(micros)}
          axis={(micros) => format.compact(micros / 1e6)}
        />
        <BarChart
          title={texts.charts.applications}
          points={series((counts) => counts.applications)}
          format={format.number}
          axis={format.compact}
        />
      </div>
    </div>
  )
}

/** How a figure moved against the same number of days before; nothing where there is nothing to compare with. */
function useChange(days: number): (now: number | null, before: number | null | undefined) => string | undefined {
  const { dashboard: texts } = useTexts()
  const format = useFormat()
  return (now, before) => {
    if (now === null || before == null || before === 0) return undefined
    const share = now / before - 1
    if (Math.abs(share) < 0.0005) return texts.figures.same(days)
    return texts.figures.before(`${share > 0 ? '▲' : '▼'} ${format.percent(Math.abs(share))}`, days)
  }
}
