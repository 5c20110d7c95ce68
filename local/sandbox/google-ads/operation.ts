import type { Fields, Json, Kind } from '../events.ts'
import { members, text } from '../world.ts'
import type { Draft } from './draft.ts'
import { GoogleAdsError, GRPC, refused, type Step } from './errors.ts'

/** One operation of a Mutate, and what its rules need. */
export interface Operation {
  draft: Draft
  /** Temporary id -> the real one, over the whole request. */
  temporary: Map<string, string>
  type: 'create' | 'update' | 'remove'
  /** The resource that is sent; empty for a remove. */
  resource: Fields
  /** The resource name that is updated or removed. */
  target: string
  mask: readonly string[]
  path: readonly Step[]
}

/** An error of one field of this operation. */
export const wrong = (
  { path, type }: Operation,
  kind: string,
  code: string,
  message: string,
  ...fields: Step[]
): GoogleAdsError => refused(kind, code, message, [...path, type, ...fields])

export const missing = (operation: Operation, ...fields: string[]): GoogleAdsError =>
  wrong(operation, 'field_error', 'REQUIRED', 'The required field was not present.', ...fields)

/** The ids in a resource name: "customers/1/adGroupAds/2~3" -> ["2", "3"], temporary ones made real. */
export function idsIn(operation: Operation, name: Json | undefined, collection: string): string[] {
  const match = /^customers\/(\d+)\/(\w+)\/([\d~-]+)$/.exec(text(name))
  if (!match || match[2] !== collection)
    throw refused('request_error', 'INVALID_RESOURCE_NAME', `Resource name '${text(name)}' is invalid.`, operation.path)
  if (match[1] !== operation.draft.account.id)
    throw refused('request_error', 'INVALID_CUSTOMER_ID', 'The resource belongs to another customer.', operation.path)
  return (match[3] ?? '').split('~').map((id) => (id.startsWith('-') ? (operation.temporary.get(id) ?? id) : id))
}

/** An existing, not removed thing that a resource name points at. */
export function thingAt(
  operation: Operation,
  name: Json | undefined,
  collection: string,
  kind: Kind,
): { id: string; fields: Fields } {
  const id = idsIn(operation, name, collection).at(-1) ?? ''
  const fields = operation.draft.fields(id)
  if (operation.draft.kind(id) !== kind || !fields || fields.status === 'DELETED')
    throw new GoogleAdsError(GRPC.INVALID_ARGUMENT, [
      { kind: 'mutate_error', code: 'RESOURCE_NOT_FOUND', message: 'Resource was not found.', path: operation.path },
    ])
  return { id, fields }
}

/** Remembers what a temporary id of the sent resource name has become. */
export function keepTemporary(operation: Operation, id: string): void {
  const given = /(-\d+)$/.exec(text(operation.resource.resource_name))?.[1]
  if (given) operation.temporary.set(given, id)
}

/** The native resource with the masked fields of the update taken over. */
export function merged(native: Fields, operation: Operation, writable: readonly string[]): Fields {
  if (operation.mask.length === 0) throw missing(operation, 'update_mask')
  const changes: Record<string, Json> = {}
  for (const path of operation.mask) {
    const field = path.split('.')[0] ?? ''
    if (field === 'resource_name') continue
    if (!writable.includes(field))
      throw wrong(operation, 'field_error', 'IMMUTABLE_FIELD', 'The field cannot be modified.', field)
    changes[field] = operation.resource[field] ?? null
  }
  return { ...native, ...changes }
}

/** ENABLED, PAUSED, REMOVED -> the words that the world speaks. */
export const canonicalStatus = (status: Json | undefined): string =>
  status === 'REMOVED' ? 'DELETED' : status === 'PAUSED' ? 'PAUSED' : 'ACTIVE'

export const statusIn = (operation: Operation, resource: Fields): 'ENABLED' | 'PAUSED' => {
  const status = text(resource.status) || 'ENABLED'
  if (status !== 'ENABLED' && status !== 'PAUSED')
    throw wrong(operation, 'field_error', 'INVALID_VALUE', `The status ${status} cannot be set.`, 'status')
  return status
}

export const nativeOf = (fields: Fields): Fields => members(fields.google)
