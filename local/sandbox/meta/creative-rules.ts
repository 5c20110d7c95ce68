import type { Account, Fields } from '../events.ts'
import { members, text } from '../world.ts'
import type { Call } from './call.ts'
import { invalid, notImitated, required, wrongType, wrongValue } from './errors.ts'
import type { Params } from './params.ts'
import { objectOf, sortParams, stringOf } from './values.ts'

/** https://developers.facebook.com/docs/marketing-api/reference/ad-creative, v24.0 */
const KNOWN = ['name', 'object_story_spec', 'url_tags', 'degrees_of_freedom_spec', 'instagram_user_id', 'status']
const UNIMITATED = [
  'object_story_id',
  'asset_feed_spec',
  'object_id',
  'object_url',
  'object_type',
  'title',
  'body',
  'image_hash',
  'image_url',
  'image_file',
  'video_id',
  'link_url',
  'template_url',
  'product_set_id',
  'source_instagram_media_id',
  'call_to_action_type',
  'adlabels',
]
const STORY = ['page_id', 'instagram_user_id', 'link_data']
const LINK = [
  'link',
  'message',
  'name',
  'description',
  'caption',
  'image_hash',
  'call_to_action',
  'use_flexible_image_aspect_ratio',
]
const CALLS = [
  'APPLY_NOW',
  'LEARN_MORE',
  'SIGN_UP',
  'CONTACT_US',
  'SEE_MORE',
  'GET_OFFER',
  'DOWNLOAD',
  'SUBSCRIBE',
  'BOOK_TRAVEL',
  'GET_QUOTE',
  'SHOP_NOW',
  'NO_BUTTON',
] as const

/** A creative's fields. A creative never changes but for its name and status. */
export function newCreative(call: Call, account: Account, params: Params = call.params): Fields {
  sortParams({ ...call, params }, KNOWN, UNIMITATED)
  const story = objectOf(params, 'object_story_spec')
  if (!story) throw required('object_story_spec')
  for (const key of Object.keys(story)) if (!STORY.includes(key)) throw notImitated(`object_story_spec.${key}`)
  if (text(story.page_id) === '') throw required('object_story_spec[page_id]')
  if (text(story.page_id) !== account.pageId)
    throw invalid(1487202, 'Page unavailable', `Ads of this account cannot speak for page ${text(story.page_id)}.`)
  const link = story.link_data
  if (link === undefined) throw required('object_story_spec[link_data]')
  checkLink(call, account, members(link))
  const tags = stringOf(params, 'url_tags')
  if (tags !== undefined && (tags.startsWith('?') || /\s/.test(tags)))
    throw wrongType('url_tags', 'parameters such as utm_source=facebook&utm_medium=paid, without a question mark')
  return {
    name: stringOf(params, 'name') ?? '',
    status: 'ACTIVE',
    object_story_spec: { ...story, page_id: text(story.page_id) },
    ...(tags === undefined ? {} : { url_tags: tags }),
  }
}

function checkLink(call: Call, account: Account, link: Fields): void {
  for (const key of Object.keys(link)) if (!LINK.includes(key)) throw notImitated(`link_data.${key}`)
  checkUrl(call, 'object_story_spec[link_data][link]', text(link.link))
  for (const field of ['message', 'name', 'description'])
    if (link[field] !== undefined && typeof link[field] !== 'string') throw wrongType(`link_data[${field}]`, 'a string')
  if (text(link.message).length > 63_206) throw wrongType('link_data[message]', 'at most 63206 characters long')
  const hash = link.image_hash
  if (hash !== undefined && !call.world.things.has(`${account.id}:${text(hash)}`))
    throw invalid(
      1443050,
      'Image not found',
      `The ad account has no image with the hash ${text(hash)}. Upload it to its adimages first.`,
      'image_hash',
    )
  if (link.call_to_action === undefined) return
  const action = members(link.call_to_action)
  if (!CALLS.some((known) => known === action.type)) throw wrongValue('call_to_action[type]', CALLS)
  const target = members(action.value)
  if (target.lead_gen_form_id !== undefined) throw notImitated('call_to_action.value.lead_gen_form_id')
  if (target.link !== undefined) checkUrl(call, 'call_to_action[value][link]', text(target.link))
}

function checkUrl(call: Call, field: string, value: string): void {
  if (value === '') throw required(field)
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (call.world.settings.localLinks && url && ['127.0.0.1', 'localhost'].includes(url.hostname)) return
  if (url?.protocol === 'https:' && url.hostname.includes('.')) return
  throw invalid(1815520, 'Invalid URL', `${field} must be a full https address of a public web site.`, field)
}
