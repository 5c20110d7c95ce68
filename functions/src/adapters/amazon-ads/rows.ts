import { z } from 'zod'
import type { PlatformFailure } from '#domain/platform-failure.ts'
import { classifyRow, unreadable } from './failure.ts'

const Row = z.object({ code: z.coerce.string() }).loose()

export type RowOutcome = { id: string } | { failure: PlatformFailure }

/** Outcomes of a bulk request in the order of its rows: the answer 207 has no other key than its index. */
export function rowOutcomes(where: string, body: unknown, sent: number, idField: string): RowOutcome[] {
  const rows = z.array(Row).length(sent).safeParse(body)
  if (!rows.success) throw unreadable(false, where)
  return rows.data.map((row) => {
    const id = row[idField]
    if (row.code !== 'SUCCESS') return { failure: classifyRow(where, row) }
    return typeof id === 'string' ? { id } : { failure: unreadable(false, where) }
  })
}

/** The ids of a bulk request; throws the first row's failure where one has failed. */
export function idsOfRows(where: string, body: unknown, sent: number, idField: string): string[] {
  return rowOutcomes(where, body, sent, idField).map((row) => {
    if ('failure' in row) throw row.failure
    return row.id
  })
}
