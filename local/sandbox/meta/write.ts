import type { Account, Fields } from '../events.ts'
import { change, type Late, put } from '../things.ts'
import { items, type Thing, text } from '../world.ts'
import { newAd } from './ad-rules.ts'
import { newAdset } from './adset-rules.ts'
import type { Call } from './call.ts'
import { newCampaign } from './campaign-rules.ts'
import { newCreative } from './creative-rules.ts'
import { changesOf } from './update-rules.ts'

export type Created = 'campaign' | 'adset' | 'creative' | 'ad'

const dryRun = (call: Call): boolean => items(call.params.execution_options).map(text).includes('validate_only')

/** Validates and creates; answers what the platform answers. */
export function createThing(
  call: Call,
  account: Account,
  kind: Created,
  late?: Late,
): { id: string } | { success: true } {
  const { fields, creative } = fieldsOf(call, account, kind)
  if (dryRun(call)) return { success: true }
  let given = fields
  if (creative) {
    const id = put(call.world, account, 'creative', creative, call.now)
    given = { ...fields, creative: { creative_id: id } }
  }
  return { id: put(call.world, account, kind, given, call.now, late) }
}

function fieldsOf(call: Call, account: Account, kind: Created): { fields: Fields; creative?: Fields } {
  if (kind === 'campaign') return { fields: newCampaign(call, account) }
  if (kind === 'adset') return { fields: newAdset(call, account) }
  if (kind === 'creative') return { fields: newCreative(call, account) }
  return newAd(call, account)
}

export function updateThing(call: Call, account: Account, thing: Thing): { success: true } {
  const { changes, creative } = changesOf(call, account, thing)
  if (dryRun(call)) return { success: true }
  const given = creative
    ? { ...changes, creative: { creative_id: put(call.world, account, 'creative', creative, call.now) } }
    : changes
  change(call.world, thing, given, call.now)
  return { success: true }
}

export function deleteThing(call: Call, thing: Thing): { success: true } {
  change(call.world, thing, { status: 'DELETED' }, call.now)
  return { success: true }
}
