import type { ReactNode } from 'react'
import { useTexts } from '../i18n/language.tsx'
import type { Pages } from '../live/use-pages.ts'
import { useSteadyRows } from '../live/use-steady-rows.ts'
import { Button } from './button.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { Shown } from './shown.tsx'

interface Props<T> {
  caption: string
  columns: readonly Column<T>[]
  pages: Pages<T>
  empty: ReactNode
}

/** A list that follows the server without moving under the hand. */
export function LiveTable<T extends { id: string }>({ caption, columns, pages, empty }: Props<T>) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-raised">
      <Shown live={pages.live} isEmpty={(rows) => rows.length === 0} empty={empty}>
        {(rows) => <Rows caption={caption} columns={columns} rows={rows} pages={pages} />}
      </Shown>
    </div>
  )
}

function Rows<T extends { id: string }>({ caption, columns, rows, pages }: Omit<Props<T>, 'empty'> & { rows: T[] }) {
  const { common } = useTexts()
  const steady = useSteadyRows(rows, (row) => row.id)
  return (
    <div {...steady.zone}>
      <div aria-live="polite">
        {steady.waiting > 0 && (
          <div className="sticky top-14 z-10 flex justify-center border-b border-line bg-accent-soft py-1">
            <Button kind="quiet" className="text-accent!" onClick={steady.release}>
              {common.newRows(steady.waiting)}
            </Button>
          </div>
        )}
      </div>
      <DataTable
        caption={caption}
        columns={columns}
        rows={steady.rows}
        keyOf={(row) => row.id}
        fresh={steady.fresh}
        leaving={steady.leaving}
      />
      <footer className="flex items-center gap-3 border-t border-line px-4 py-2 text-xs text-muted">
        <span>{common.shown(steady.rows.length, pages.hasMore)}</span>
        {pages.failed && <span role="alert">{common.moreFailed}</span>}
        {pages.hasMore && (
          <Button kind="quiet" busy={pages.busy} onClick={pages.showMore}>
            {common.showMore}
          </Button>
        )}
      </footer>
    </div>
  )
}
