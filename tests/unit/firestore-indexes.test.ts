import { expect, test } from 'vitest'
import { z } from 'zod'
import { COLLECTIONS } from '#domain/documents.ts'
import { AuditEntry } from '#domain/machinery.ts'
import { type FoundQuery, queriesIn } from '#tests/support/firestore-queries.ts'
import { projectFiles, read } from '#tests/support/project-files.ts'

type Index = { collectionGroup: string; queryScope: string; fields: { fieldPath: string; order: string }[] }
type Override = {
  collectionGroup: string
  fieldPath: string
  ttl?: boolean
  indexes: { queryScope: string; order?: string }[]
}
const { indexes, fieldOverrides }: { indexes: Index[]; fieldOverrides: Override[] } = JSON.parse(
  read('firestore.indexes.json'),
)

const queries = ['functions/src', 'web/src']
  .flatMap((folder) => projectFiles(folder))
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap(queriesIn)

/** Collection ids as Firestore sees them, with the schema of their documents. */
const SCHEMAS: Record<string, z.ZodType> = {
  ...COLLECTIONS,
  audit: AuditEntry,
}
type Property = {
  type?: string
  anyOf?: Property[]
  maxLength?: number
  properties?: Record<string, Property>
  additionalProperties?: unknown
  items?: Property
  $ref?: string
}

/** The fields of a collection's documents; a shared schema stands where its name was. */
function propertiesOf(collection: string): Record<string, Property> {
  const schema = SCHEMAS[collection]
  if (!schema) return {}
  const whole = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Property & { $defs?: Record<string, Property> }
  const follow = (property: Property): Property => {
    const target = property.$ref && whole.$defs?.[property.$ref.replace('#/$defs/', '')]
    if (target) return follow(target)
    return {
      ...property,
      ...(property.anyOf && { anyOf: property.anyOf.map(follow) }),
      ...(property.items && { items: follow(property.items) }),
    }
  }
  const { properties = {} } = follow(whole)
  return Object.fromEntries(Object.entries(properties).map(([field, property]) => [field, follow(property)]))
}
const isExempt = (collection: string, field: string): boolean =>
  fieldOverrides.some(
    (each) =>
      each.collectionGroup === collection && each.fieldPath === field.split('.')[0] && each.indexes.length === 0,
  )

/** What a query lacks; null when Firestore can answer it. */
function lack({ collection, group, equal, ranges, order }: FoundQuery): string | null {
  const fields = [...equal, ...ranges, ...(order ? [order.field] : [])]
  if (collection !== '*') {
    const unknown = fields.filter((field) => !((field.split('.')[0] ?? '') in propertiesOf(collection)))
    if (unknown.length > 0) return `${collection} has no field ${unknown.join(', ')}`
  }
  const exempt = fields.filter((field) => isExempt(collection, field))
  if (exempt.length > 0) return `${exempt.join(', ')} of ${collection} is taken out of every index`
  if (group) {
    const wide = (field: string) =>
      fieldOverrides.some(
        (each) =>
          each.collectionGroup === collection &&
          each.fieldPath === field &&
          each.indexes.some(({ queryScope }) => queryScope === 'COLLECTION_GROUP'),
      )
    const narrow = [...new Set(fields)].filter((field) => !wide(field))
    return narrow.length > 0 ? `${narrow.join(', ')} of ${collection} needs an index over the collection group` : null
  }
  const filters = equal.filter((field) => field !== order?.field)
  if (!order || filters.length === 0) return null
  // Firestore joins indexes that end in the same order: one per filter is enough.
  const served = filters.filter((field) =>
    indexes.some(
      ({ collectionGroup, queryScope, fields: [first, last, more] }) =>
        collectionGroup === collection &&
        queryScope === 'COLLECTION' &&
        !more &&
        first?.fieldPath === field &&
        last?.fieldPath === order.field &&
        last.order === (order.direction === 'asc' ? 'ASCENDING' : 'DESCENDING'),
    ),
  )
  const bare = filters.filter((field) => !served.includes(field))
  return bare.length > 0
    ? `${collection} needs an index on (${bare.join(' | ')}, ${order.field} ${order.direction})`
    : null
}

test('the source holds queries that can be read off it', () => {
  expect(queries.filter(({ at }) => at.startsWith('functions/')).length).toBeGreaterThan(10)
  expect(queries.filter(({ at }) => at.startsWith('web/')).length).toBeGreaterThan(10)
})

test('the emulator answers any query, Firestore only those with an index: every one has it', () => {
  expect(
    queries
      .flatMap((query) => lack(query) ?? [])
      .filter(Boolean)
      .sort(),
  ).toEqual([])
})

test('a query without an index is seen', () => {
  const bare: FoundQuery = {
    at: '',
    collection: 'jobs',
    group: false,
    equal: ['title'],
    ranges: [],
    order: { field: 'updatedAt', direction: 'desc' },
  }
  expect(lack(bare)).toBe('jobs needs an index on (title, updatedAt desc)')
  expect(lack({ ...bare, group: true, equal: [], order: null, ranges: ['title'] })).toContain('collection group')
  expect(lack({ ...bare, equal: ['extra'] })).toContain('taken out of every index')
  expect(lack({ ...bare, equal: ['colour'] })).toBe('jobs has no field colour')
})

test('every composite index serves a query', () => {
  const idle = indexes.filter(
    ({ collectionGroup, fields }) =>
      !queries.some(
        ({ collection, equal, order }) =>
          collection === collectionGroup &&
          equal.includes(fields[0]?.fieldPath ?? '') &&
          order?.field === fields[1]?.fieldPath,
      ),
  )
  expect(idle).toEqual([])
})

test('every override names a field that exists', () => {
  expect(
    fieldOverrides.filter(({ collectionGroup, fieldPath }) => !(fieldPath in propertiesOf(collectionGroup))),
  ).toEqual([])
})

/** Each key of a map and each element of a list of maps is an index entry of its own; a long text is a costly one. */
const isBig = (property: Property): boolean =>
  (property.anyOf ?? [property]).some(
    ({ type, maxLength, properties, additionalProperties, items }) =>
      (type === 'string' && (maxLength ?? 0) > 1500) ||
      (type === 'object' && !properties && additionalProperties !== false) ||
      (type === 'array' && items?.type === 'object'),
  )

test('what is big and never asked for is in no index', () => {
  const indexed = Object.keys(SCHEMAS).flatMap((collection) =>
    Object.entries(propertiesOf(collection))
      .filter(([field, property]) => isBig(property) && !isExempt(collection, field))
      .map(([field]) => `${collection}.${field}`),
  )
  expect(indexed).toEqual([])
})
