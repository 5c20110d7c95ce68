import type { Fields, Json } from '../../events.ts'
import { items, members, text } from '../../world.ts'
import {
  canonicalStatus,
  idsIn,
  keepTemporary,
  merged,
  missing,
  nativeOf,
  type Operation,
  statusIn,
  thingAt,
  wrong,
} from '../operation.ts'

/** https://developers.google.com/google-ads/api/reference/rpc/v25/AdGroup */
export function adGroupOperation(operation: Operation): string {
  const { draft, type, resource, target } = operation
  if (type === 'create') {
    const campaign = thingAt(operation, resource.campaign, 'campaigns', 'campaign')
    const name = text(resource.name)
    if (name === '') throw missing(operation, 'name')
    checkName(operation, name, campaign.id, undefined)
    const status = statusIn(operation, resource)
    const native = { ...resource, status, campaign: `customers/${draft.account.id}/campaigns/${campaign.id}` }
    const id = draft.add('adset', {
      name,
      campaign_id: campaign.id,
      status: canonicalStatus(status),
      optimization_goal: 'SEARCH_CLICKS',
      promoted_object: { custom_event_type: 'SUBMIT_APPLICATION' },
      google: native,
    })
    keepTemporary(operation, id)
    return `customers/${draft.account.id}/adGroups/${id}`
  }
  const { id, fields } = thingAt(operation, target, 'adGroups', 'adset')
  if (type === 'remove') {
    draft.change(id, { status: 'DELETED', google: { ...nativeOf(fields), status: 'REMOVED' } })
    return target
  }
  const native = merged(nativeOf(fields), operation, ['name', 'status', 'cpc_bid_micros'])
  const status = statusIn(operation, native)
  checkName(operation, text(native.name), text(fields.campaign_id), id)
  draft.change(id, { name: text(native.name), status: canonicalStatus(status), google: { ...native, status } })
  return target
}

function checkName(operation: Operation, name: string, campaign: string, self: string | undefined): void {
  const { draft } = operation
  const taken = draft.all('adset').some((id) => {
    const fields = draft.fields(id)
    return id !== self && fields?.campaign_id === campaign && fields.name === name && fields.status !== 'DELETED'
  })
  if (taken)
    throw wrong(
      operation,
      'ad_group_error',
      'DUPLICATE_ADGROUP_NAME',
      'The campaign has an ad group of this name already.',
      'name',
    )
}

/** https://developers.google.com/google-ads/api/reference/rpc/v25/AdGroupAd: an ad's texts are fixed; another text is another ad. */
export function adGroupAdOperation(operation: Operation): string {
  const { draft, type, resource, target } = operation
  const customer = `customers/${draft.account.id}`
  if (type === 'create') {
    const group = thingAt(operation, resource.ad_group, 'adGroups', 'adset')
    const ad = members(resource.ad)
    checkAd(operation, ad)
    const status = statusIn(operation, resource)
    const creative = draft.add('creative', { name: text(group.fields.name), status: 'ACTIVE', ...creativeOf(ad) })
    const id = draft.add('ad', {
      name: '',
      adset_id: group.id,
      creative: { creative_id: creative },
      status: canonicalStatus(status),
      google: { ...resource, status, ad_group: `${customer}/adGroups/${group.id}` },
    })
    return `${customer}/adGroupAds/${group.id}~${id}`
  }
  idsIn(operation, target, 'adGroupAds')
  const { id, fields } = thingAt(operation, target, 'adGroupAds', 'ad')
  if (type === 'remove') {
    draft.change(id, { status: 'DELETED', google: { ...nativeOf(fields), status: 'REMOVED' } })
    return target
  }
  const native = merged(nativeOf(fields), operation, ['status'])
  const status = statusIn(operation, native)
  draft.change(id, { status: canonicalStatus(status), google: { ...native, status } })
  return target
}

/** East Asian letters take two places. */
export const widthOf = (words: string): number =>
  [...words].reduce(
    (sum, letter) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  )

function checkAd(operation: Operation, ad: Fields): void {
  const urls = items(ad.final_urls).map(text)
  if (urls.length === 0)
    throw wrong(operation, 'field_error', 'REQUIRED', 'The required field was not present.', 'ad', 'final_urls')
  for (const [index, url] of urls.entries())
    if (!URL.canParse(url) || !/^https?:/.test(url))
      throw wrong(operation, 'url_field_error', 'INVALID_FINAL_URL', `${url} is no address.`, 'ad', [
        'final_urls',
        index,
      ])
  if (ad.responsive_search_ad === undefined) throw missing(operation, 'ad', 'responsive_search_ad')
  const rsa = members(ad.responsive_search_ad)
  checkTexts(operation, rsa.headlines, 'headlines', 3, 15, 30)
  checkTexts(operation, rsa.descriptions, 'descriptions', 2, 4, 90)
  for (const field of ['path1', 'path2'])
    if (widthOf(text(rsa[field])) > 15)
      throw wrong(
        operation,
        'ad_error',
        'LINE_TOO_WIDE',
        'The path is longer than 15 letters.',
        'ad',
        'responsive_search_ad',
        field,
      )
}

function checkTexts(
  operation: Operation,
  given: Json | undefined,
  field: string,
  least: number,
  most: number,
  width: number,
): void {
  const texts = items(given).map((asset) => text(members(asset).text))
  const at = ['ad', 'responsive_search_ad'] as const
  if (texts.length < least)
    throw wrong(operation, 'collection_size_error', 'TOO_FEW', `At least ${least} ${field} are required.`, ...at, field)
  if (texts.length > most)
    throw wrong(operation, 'collection_size_error', 'TOO_MANY', `At most ${most} ${field} are allowed.`, ...at, field)
  for (const [index, words] of texts.entries()) {
    if (words.trim() === '')
      throw wrong(operation, 'ad_error', 'EMPTY_FIELD', 'The text is empty.', ...at, [field, index])
    if (widthOf(words) > width)
      throw wrong(operation, 'ad_error', 'LINE_TOO_WIDE', `The text is wider than ${width} letters.`, ...at, [
        field,
        index,
      ])
    if (texts.indexOf(words) !== index)
      throw wrong(operation, 'asset_error', 'DUPLICATE_ASSET', 'The same text is there twice.', ...at, [field, index])
  }
}

/** What delivery and the reviewer read of a responsive search ad. */
function creativeOf(ad: Fields): Fields {
  const rsa = members(ad.responsive_search_ad)
  const [name = '', ...headlines] = items(rsa.headlines).map((asset) => text(members(asset).text))
  const [description = '', ...descriptions] = items(rsa.descriptions).map((asset) => text(members(asset).text))
  const link = text(items(ad.final_urls)[0])
  return {
    object_story_spec: {
      link_data: {
        link,
        name,
        description,
        message: [...headlines, ...descriptions].join('\n'),
        call_to_action: { type: 'APPLY_NOW', value: { link } },
      },
    },
    url_tags: '',
  }
}
