import type { ReactNode } from 'react'

export interface Column<T> {
  key: string
  head: string
  cell: (row: T) => ReactNode
  align?: 'end'
  /** On a phone the row is a card: this cell takes its whole width and needs no label. */
  wide?: boolean
  /** Names the row. */
  header?: boolean
}

interface Props<T> {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** Rows that came while one watched. */
  fresh?: ReadonlySet<string>
  /** Rows that no longer belong to the list and stay only until the hand leaves it. */
  leaving?: ReadonlySet<string>
}

/** The elements' own roles, said again because a phone's layout (display: grid) takes them away in some browsers. */
const ROLE = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  name: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const

/** A real table; on a narrow screen each row becomes a card. */
export function DataTable<T>({ caption, columns, rows, keyOf, fresh, leaving }: Props<T>) {
  return (
    <div className="overflow-x-auto">
      <table className="data-table" data-cards {...ROLE.table}>
        <caption className="sr-only">{caption}</caption>
        <thead {...ROLE.group}>
          <tr {...ROLE.row}>
            {columns.map((column) => (
              <th key={column.key} scope="col" {...ROLE.head} data-align={column.align}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...ROLE.group}>
          {rows.map((row) => {
            const key = keyOf(row)
            const look = `${fresh?.has(key) ? 'fresh-row' : ''} ${leaving?.has(key) ? 'opacity-60' : ''}`
            return (
              <tr key={key} {...ROLE.row} data-row={key} className={look}>
                {columns.map((column) => (
                  <Cell key={column.key} column={column} row={row} />
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Cell<T>({ column, row }: { column: Column<T>; row: T }) {
  const label = column.wide ? undefined : column.head
  if (column.header) {
    return (
      <th
        scope="row"
        {...ROLE.name}
        data-wide={column.wide}
        data-label={label}
        className="!text-ink !font-medium !whitespace-normal"
      >
        {column.cell(row)}
      </th>
    )
  }
  return (
    <td {...ROLE.cell} data-wide={column.wide} data-label={label} data-align={column.align}>
      {column.cell(row)}
    </td>
  )
}
