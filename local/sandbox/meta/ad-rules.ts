import type { Account, Fields } from '../events.ts'
import { current, members, type Thing, text } from '../world.ts'
import type { Call } from './call.ts'
import { NEW_STATUSES } from './campaign-rules.ts'
import { newCreative } from './creative-rules.ts'
import { invalid, required } from './errors.ts'
import { nameOf, neededString, objectOf, oneOf, sortParams } from './values.ts'

/** https://developers.facebook.com/docs/marketing-api/reference/adgroup, v24.0 */
const KNOWN = ['name', 'adset_id', 'creative', 'status', 'tracking_specs', 'conversion_domain']
const UNIMITATED = ['bid_amount', 'adlabels', 'display_sequence', 'engagement_audience', 'priority', 'source_ad_id']
const MOST_ADS = 50

/** An ad's fields; `creative` is set when the ad brings a new creative of its own instead of naming one. */
export function newAd(call: Call, account: Account): { fields: Fields; creative?: Fields } {
  const { params } = call
  sortParams(call, KNOWN, UNIMITATED)
  const name = nameOf(params)
  const adset = adsetFor(call, account)
  const status = oneOf(params, 'status', NEW_STATUSES) ?? 'ACTIVE'
  const campaign = text(current(adset).campaign_id)
  const fields: Fields = {
    name,
    status,
    adset_id: adset.id,
    campaign_id: campaign,
    ...(params.tracking_specs === undefined ? {} : { tracking_specs: params.tracking_specs }),
    ...(params.conversion_domain === undefined ? {} : { conversion_domain: params.conversion_domain }),
  }
  const given = creativeOf(call, account)
  return typeof given === 'string'
    ? { fields: { ...fields, creative: { creative_id: given } } }
    : { fields, creative: given }
}

/** The id of a creative of this account, or the fields of a new one. */
export function creativeOf(call: Call, account: Account): string | Fields {
  const given = objectOf(call.params, 'creative')
  if (!given) throw required('creative')
  const id = text(given.creative_id) || text(given.id)
  if (!id) return newCreative(call, account, given)
  const creative = call.world.things.get(id)
  if (creative?.kind !== 'creative' || creative.account !== account.id || current(creative).status === 'DELETED')
    throw invalid(1487015, 'Creative unavailable', `The ad account has no creative ${id}.`, 'creative')
  return id
}

function adsetFor(call: Call, account: Account): Thing {
  const id = neededString(call.params, 'adset_id')
  const adset = call.world.things.get(id)
  if (adset?.kind !== 'adset' || adset.account !== account.id)
    throw invalid(1487390, 'Ad set unavailable', `The ad set ${id} does not exist in this ad account.`, 'adset_id')
  const status = text(current(adset).status)
  if (status === 'DELETED' || status === 'ARCHIVED')
    throw invalid(1487056, 'Ad set is deleted', 'Ads cannot be added to a deleted or archived ad set.', 'adset_id')
  const live = call.world.children(adset.id).filter((ad) => {
    const thing = call.world.things.get(ad)
    return thing && text(current(thing).status) !== 'DELETED'
  })
  if (live.length >= MOST_ADS)
    throw invalid(1487225, 'Too many ads', `An ad set holds at most ${MOST_ADS} ads.`, 'adset_id')
  return adset
}

/** The creative of an ad. */
export const creativeIdOf = (ad: Fields): string => text(members(ad.creative).creative_id)
