import { matchedUsers } from '../delivery/audience.ts'
import type { Account, Fields, Json } from '../events.ts'
import { put } from '../things.ts'
import { current, items, members, type Thing, text } from '../world.ts'
import type { Call } from './call.ts'
import { invalid, notImitated, required, wrongType, wrongValue } from './errors.ts'
import { nameOf, objectOf, oneOf, sortParams, stringOf } from './values.ts'

/** https://developers.facebook.com/docs/marketing-api/reference/custom-audience, v24.0 */
const SOURCES = ['USER_PROVIDED_ONLY', 'PARTNER_PROVIDED_ONLY', 'BOTH_USER_AND_PARTNER_PROVIDED'] as const
const UNIMITATED = [
  'lookalike_spec',
  'origin_audience_id',
  'rule',
  'prefill',
  'retention_days',
  'pixel_id',
  'dataset_id',
]
const SCHEMA = [
  'EMAIL',
  'EMAIL_SHA256',
  'PHONE',
  'PHONE_SHA256',
  'FN',
  'LN',
  'CT',
  'ST',
  'ZIP',
  'COUNTRY',
  'GEN',
  'EXTERN_ID',
  'MADID',
]
/** Sent as they are; all else only as SHA-256. */
const PLAIN = ['EXTERN_ID', 'MADID']
const MOST_ROWS = 10_000

export function createAudience(call: Call, account: Account): { id: string } {
  sortParams(call, ['name', 'subtype', 'description', 'customer_file_source'], UNIMITATED)
  const subtype = oneOf(call.params, 'subtype', ['CUSTOM', 'LOOKALIKE', 'WEBSITE', 'ENGAGEMENT'])
  if (subtype !== 'CUSTOM') {
    if (!subtype) throw required('subtype')
    throw notImitated(`A custom audience of the subtype ${subtype}`)
  }
  const source = oneOf(call.params, 'customer_file_source', SOURCES)
  if (!source)
    throw invalid(
      1870050,
      'Customer file source missing',
      'Say where the people come from: customer_file_source must be set.',
      'customer_file_source',
    )
  const fields: Fields = {
    name: nameOf(call.params),
    subtype,
    customer_file_source: source,
    description: stringOf(call.params, 'description') ?? '',
    status: 'ACTIVE',
    user_count: 0,
  }
  return { id: put(call.world, account, 'audience', fields, call.now) }
}

/** POST or DELETE {audience}/users. Raw data is refused whole: it must never have been sent. */
export function changeUsers(call: Call, audience: Thing): { [key: string]: Json } {
  const payload = objectOf(call.params, 'payload')
  if (!payload) throw required('payload')
  const rows = rowsOf(payload)
  if (rows.length > MOST_ROWS) throw wrongType('payload[data]', `at most ${MOST_ROWS} rows long`)
  const keys = rows.map((row) => row.join('/'))
  const uploads = call.method === 'POST'
  call.world.record({
    type: 'users',
    at: call.now,
    id: audience.id,
    added: uploads ? keys : [],
    removed: uploads ? [] : keys,
  })
  const session = members(call.params.session)
  return {
    audience_id: audience.id,
    session_id: text(session.session_id) || '0',
    num_received: rows.length,
    num_invalid_entries: 0,
    invalid_entry_samples: {},
  }
}

function rowsOf(payload: Fields): string[][] {
  const given = payload.schema
  const schema = (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(text)
  if (schema.length === 0) throw required('payload[schema]')
  for (const field of schema) if (!SCHEMA.includes(field)) throw wrongValue('payload[schema]', SCHEMA)
  const data = payload.data
  if (!Array.isArray(data)) throw required('payload[data]')
  return data.map((row) => {
    const values = (Array.isArray(row) ? items(row) : [row]).map(text)
    if (values.length !== schema.length)
      throw invalid(1870028, 'Wrong number of values', 'Every row must have one value for each field of the schema.')
    values.forEach((value, index) => {
      const field = schema[index] ?? ''
      if (!PLAIN.includes(field) && value !== '' && !/^[0-9a-f]{64}$/.test(value))
        throw invalid(
          1870015,
          'Data is not hashed',
          `${field} must be sent as the lower-case hexadecimal SHA-256 of the normalised value.`,
          'payload',
        )
    })
    return values
  })
}

/** Below a thousand people the platform does not say how many; whether it can deliver it says. */
export function audienceState(audience: Thing, minimum: number): Fields {
  const matched = matchedUsers(audience.key, audience.users.size)
  const bound = matched < 1000 ? 1000 : Math.floor(matched / 100) * 100
  const ready = matched >= minimum
  return {
    ...current(audience),
    approximate_count_lower_bound: bound,
    approximate_count_upper_bound: matched < 1000 ? 1000 : Math.ceil(bound * 1.18),
    operation_status: { code: 200, description: 'Normal' },
    delivery_status: ready
      ? { code: 200, description: 'This audience is ready for use.' }
      : { code: 300, description: 'This audience is too small: fewer than 100 people were matched.' },
  }
}
