import { FieldPath } from '@google-cloud/firestore'
import type { Disk, Row } from './disk.ts'
import { at, compare, sameType } from './values.ts'

type Field = string | FieldPath
type Direction = 'asc' | 'desc'

/** What a query asks: a chain of calls, kept as data. */
export interface Question {
  /** A whole path, or the name alone of a collection group. */
  collection: string
  group: boolean
  filters: { field: string; op: string; value: unknown }[]
  orders: { field: string; direction: Direction }[]
  after: unknown[] | undefined
  limit: number
}

const NAME = '__name__'
export const fieldName = (field: Field): string =>
  field instanceof FieldPath ? (field.isEqual(FieldPath.documentId()) ? NAME : String(field)) : field

export const everything = (collection: string, group: boolean): Question => ({
  collection,
  group,
  filters: [],
  orders: [],
  after: undefined,
  limit: Number.POSITIVE_INFINITY,
})

const idOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function passes(row: Row, { field, op, value }: Question['filters'][number]): boolean {
  const has = at(row.data, field)
  if (has === undefined) return false
  if (op === '==') return compare(has, value) === 0
  if (op === 'in') return (value as unknown[]).some((one) => compare(has, one) === 0)
  if (!sameType(has, value)) return false
  const order = compare(has, value)
  if (op === '<=') return order <= 0
  if (op === '<') return order < 0
  if (op === '>=') return order >= 0
  if (op === '>') return order > 0
  throw new Error(`The in-process Firestore knows no operator ${op}: add it where the operators are`)
}

/** The documents that answer a question, in Firestore's order: ties are broken by name. */
export function answer(disk: Disk, question: Question): Row[] {
  const { collection, group, filters, after, limit } = question
  const last = question.orders.at(-1)
  const orders = question.orders.some((o) => o.field === NAME)
    ? question.orders
    : [...question.orders, { field: NAME, direction: last?.direction ?? ('asc' as const) }]
  // Within one collection a name is the id; over a group it is the whole path.
  const key = (row: Row, field: string): unknown =>
    field === NAME ? (group ? row.path : idOf(row.path)) : at(row.data, field)

  const found: Row[] = []
  for (const row of disk.group(group ? collection : idOf(collection))) {
    if (!group && row.path.slice(0, row.path.lastIndexOf('/')) !== collection) continue
    if (!filters.every((filter) => passes(row, filter))) continue
    if (orders.some(({ field }) => key(row, field) === undefined)) continue
    found.push(row)
  }
  const against = (row: Row, position: (i: number, field: string) => unknown, most: number): number => {
    for (const [i, { field, direction }] of orders.entries()) {
      if (i >= most) return 0
      const order = compare(key(row, field), position(i, field))
      if (order !== 0) return direction === 'asc' ? order : -order
    }
    return 0
  }
  found.sort((a, b) => against(a, (_, field) => key(b, field), orders.length))
  const rest = after ? found.filter((row) => against(row, (i) => after[i], after.length) > 0) : found
  return rest.slice(0, limit)
}
