import type { Json } from '../../events.ts'
import { members, text } from '../../world.ts'
import { dateOf, dayAt, dayNumber } from '../../zone.ts'
import { camel } from '../errors.ts'
import { BESIDE, DATE, FIELDS, METRICS } from './fields.ts'
import { type Condition, parseQuery, type Query, queryError } from './parse.ts'
import { figuresOf, type Row, rowsOf, type Scene } from './rows.ts'

/** Runs a query; answers its rows as REST writes them. */
export function runQuery(scene: Scene, gaql: string): { rows: Json[]; fields: string[] } {
  const query = parseQuery(gaql)
  checkFields(query)
  const measured = [...query.select, ...query.where.map(({ field }) => field)].some(
    (field) => METRICS.includes(field) || field === DATE,
  )
  const plain = rowsOf(scene, query.from).filter((row) =>
    query.where.every((condition) => /^(metrics|segments)\./.test(condition.field) || holds(row, condition)),
  )
  const rows = (measured ? plain.flatMap((row) => withFigures(scene, query, row)) : plain).filter((row) =>
    query.where.every((condition) => !condition.field.startsWith('metrics.') || holds(row, condition)),
  )
  for (const { field, descending } of query.orderBy.toReversed())
    rows.sort((a, b) => compare(text(valueAt(a, field)), text(valueAt(b, field))) * (descending ? -1 : 1))
  return {
    rows: rows.slice(0, query.limit).map((row) => camel(selected(row, query.select))),
    fields: query.select,
  }
}

function checkFields({ select, from, where, orderBy }: Query): void {
  const beside = BESIDE[from]
  if (!beside)
    throw queryError('BAD_RESOURCE_TYPE_IN_FROM_CLAUSE', `Error in query: unexpected resource ${from} in FROM clause.`)
  const metrics = from === 'campaign' ? [...METRICS, DATE] : []
  const known = new Set([
    ...metrics,
    ...[from, ...beside].flatMap((resource) => (FIELDS[resource] ?? []).map((field) => `${resource}.${field}`)),
  ])
  for (const field of [...select, ...where.map((condition) => condition.field), ...orderBy.map((order) => order.field)])
    if (!known.has(field))
      throw queryError('UNRECOGNIZED_FIELD', `Error in query: unrecognized field in the query: '${field}'.`)
}

function withFigures(scene: Scene, query: Query, row: Row): Row[] {
  const byDay = query.select.includes(DATE)
  const range = { since: 0, until: dayAt(scene.now, scene.account.timezone) }
  for (const condition of query.where.filter(({ field }) => field === DATE)) narrow(range, condition)
  return figuresOf(scene, text(members(row.campaign).id), range, byDay).map(({ date, metrics }) => ({
    ...row,
    metrics,
    ...(date !== null && { segments: { date } }),
  }))
}

function narrow(range: { since: number; until: number }, { operator, values }: Condition): void {
  const days = values.map((value) => dayNumber(value))
  const [low, high = low] = days
  if (low === undefined || high === undefined || days.includes(undefined))
    throw queryError('INVALID_DATE_FORMAT', `Error in query: ${values.join(', ')} is no date in the form YYYY-MM-DD.`)
  if (operator === '=' || operator === 'BETWEEN')
    Object.assign(range, { since: Math.max(range.since, low), until: Math.min(range.until, high) })
  else if (operator === '>=') range.since = Math.max(range.since, low)
  else if (operator === '<=') range.until = Math.min(range.until, low)
  else
    throw queryError(
      'BAD_OPERATOR',
      `Error in query: the sandbox does not know ${operator} on dates before ${dateOf(low)}.`,
    )
}

function valueAt(row: Row, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, part) => members(value)[part], row)
}

function holds(row: Row, { field, operator, values }: Condition): boolean {
  const found = valueAt(row, field)
  const value = typeof found === 'boolean' ? String(found).toUpperCase() : text(found)
  const given = typeof found === 'boolean' ? values.map((each) => each.toUpperCase()) : values
  const [first = '', second = ''] = given
  switch (operator) {
    case '=':
      return value === first
    case '!=':
      return value !== first
    case 'IN':
      return given.includes(value)
    case 'NOT IN':
      return !given.includes(value)
    case 'LIKE':
      return like(first).test(value)
    case 'NOT LIKE':
      return !like(first).test(value)
    case 'BETWEEN':
      return compare(value, first) >= 0 && compare(value, second) <= 0
    default:
      return ordered(operator, compare(value, first))
  }
}

const ordered = (operator: string, order: number): boolean =>
  operator === '<' ? order < 0 : operator === '>' ? order > 0 : operator === '<=' ? order <= 0 : order >= 0

/** Numbers by their size, ids beyond 2^53 included; everything else by its letters. */
function compare(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
  return a < b ? -1 : a > b ? 1 : 0
}

/** `%` stands for any text; [%], [[], []] and [_] for themselves. */
const like = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern.replace(/\[([%[\]_])\]|%|[.*+?^${}()|\\[\]]/g, (whole, escaped: string | undefined) =>
      escaped !== undefined ? `\\${escaped}` : whole === '%' ? '[\\s\\S]*' : `\\${whole}`,
    )}$`,
    'i',
  )

function selected(row: Row, fields: readonly string[]): Json {
  const found: { [key: string]: Json } = {}
  for (const field of [...fields, ...new Set(fields.map((each) => `${each.split('.')[0]}.resource_name`))]) {
    const value = valueAt(row, field)
    if (value === undefined || value === null) continue
    const parts = field.split('.')
    const last = parts.pop() ?? ''
    let at = found
    for (const part of parts) {
      at[part] ??= {}
      at = at[part] as { [key: string]: Json }
    }
    at[last] = value
  }
  return found
}
