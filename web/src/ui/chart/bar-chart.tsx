import { useId, useState } from 'react'
import type { AdDay } from '#domain/time.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { Button } from '../button.tsx'
import { Bars } from './bars.tsx'
import { useWidth } from './use-width.ts'

export interface DayValue {
  day: AdDay
  /** Null: not known, which is not zero. */
  value: number | null
  /** The day is not over, or the platform may still restate it. */
  provisional?: boolean
}

interface Props {
  title: string
  points: readonly DayValue[]
  format: (value: number) => string
  axis: (value: number) => string
}

/** One question per chart; the same numbers are always there as a table. */
export function BarChart({ title, points, format, axis }: Props) {
  const { common } = useTexts()
  const [asTable, setAsTable] = useState(false)
  const [box, width] = useWidth()
  const id = useId()
  return (
    <figure aria-labelledby={id} className="min-w-0">
      <figcaption className="flex items-center justify-between gap-2 pb-1">
        <span id={id} className="text-sm font-medium">
          {title}
        </span>
        <Button kind="quiet" aria-pressed={asTable} className="text-xs!" onClick={() => setAsTable(!asTable)}>
          {asTable ? common.asChart : common.asTable}
        </Button>
      </figcaption>
      <div ref={box} className="h-44">
        {asTable ? (
          <DayTable title={title} points={points} format={format} />
        ) : (
          width > 0 && <Bars title={title} points={points} width={width} format={format} axis={axis} />
        )}
      </div>
    </figure>
  )
}

/** A region that scrolls must be reachable by keyboard. */
const SCROLLS = { tabIndex: 0 }

function DayTable({ title, points, format }: Omit<Props, 'axis'>) {
  const { common } = useTexts()
  const words = useFormat()
  return (
    <section {...SCROLLS} aria-label={title} className="h-full overflow-y-auto rounded-md border border-line">
      <table className="data-table">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{common.day}</th>
            <th scope="col" data-align="end">
              {title}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.day}>
              <th scope="row">{words.day(point.day, 'long')}</th>
              <td data-align="end">{point.value === null ? '—' : format(point.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
