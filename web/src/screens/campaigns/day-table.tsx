import { useFormat, useTexts } from '../../i18n/language.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import type { Day } from './day-rows.ts'

export function DayTable({ rows, currency }: { rows: readonly Day[]; currency: string }) {
  const { campaign: texts } = useTexts()
  const format = useFormat()
  const { head, caption } = texts.metrics
  const columns: Column<Day>[] = [
    { key: 'day', head: head.day, header: true, wide: true, cell: (row) => format.day(row.day, 'long') },
    { key: 'impressions', head: head.impressions, align: 'end', cell: (row) => format.number(row.impressions) },
    { key: 'reach', head: head.reach, align: 'end', cell: (row) => format.number(row.reach) },
    { key: 'clicks', head: head.clicks, align: 'end', cell: (row) => format.number(row.clicks) },
    { key: 'spend', head: head.spend, align: 'end', cell: (row) => format.micros(row.spendMicros, currency) },
    { key: 'applications', head: head.applications, align: 'end', cell: (row) => format.number(row.applications) },
  ]
  return (
    <details>
      <summary className="inline-flex min-h-8 items-center text-sm font-medium hover:text-accent">{caption}</summary>
      <div className="-mx-4">
        <DataTable caption={caption} columns={columns} rows={rows.toReversed()} keyOf={(row) => row.day} />
      </div>
    </details>
  )
}
