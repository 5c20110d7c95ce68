import type { Fields } from '../../events.ts'
import { members, text } from '../../world.ts'
import type { Draft } from '../draft.ts'
import { GEO_TARGETS, LANGUAGES } from '../geo.ts'
import { missing, nativeOf, type Operation, statusIn, thingAt, wrong } from '../operation.ts'

/** What ads of the employment category may not be targeted by. https://support.google.com/adspolicy/answer/143465 */
const FORBIDDEN = [
  'age_range',
  'gender',
  'parental_status',
  'income_range',
  'user_list',
  'custom_audience',
  'combined_audience',
]
const KEYWORD_LETTERS = 80
const KEYWORD_WORDS = 10
const BAD_LETTERS = /[!@%^*={};~`<>?\\|\n\r\t]/

/** https://developers.google.com/google-ads/api/reference/rpc/v25/CampaignCriterion */
export function campaignCriterionOperation(operation: Operation): string {
  const { draft, type, resource, target } = operation
  if (type === 'remove') return removed(operation, 'campaignCriteria')
  if (type === 'update')
    throw wrong(
      operation,
      'field_error',
      'IMMUTABLE_FIELD',
      `A criterion of a campaign cannot be changed: remove ${target} and create another.`,
    )
  const campaign = thingAt(operation, resource.campaign, 'campaigns', 'campaign')
  refuseForbidden(operation)
  if (resource.location !== undefined) checkLocation(operation)
  else if (resource.language !== undefined) checkLanguage(operation)
  else throw missing(operation, 'criterion')
  const kind = resource.location === undefined ? 'language' : 'location'
  const same = (other: Fields): boolean => JSON.stringify(other[kind]) === JSON.stringify(resource[kind])
  const id = put(operation, campaign.id, same)
  return `customers/${draft.account.id}/campaignCriteria/${campaign.id}~${id}`
}

/** https://developers.google.com/google-ads/api/reference/rpc/v25/AdGroupCriterion */
export function adGroupCriterionOperation(operation: Operation): string {
  const { draft, type, resource } = operation
  if (type === 'remove') return removed(operation, 'adGroupCriteria')
  if (type === 'update')
    throw wrong(
      operation,
      'field_error',
      'IMMUTABLE_FIELD',
      'The sandbox changes no keyword: remove it and create another.',
    )
  const group = thingAt(operation, resource.ad_group, 'adGroups', 'adset')
  refuseForbidden(operation)
  if (resource.keyword === undefined) throw missing(operation, 'criterion')
  const keyword = members(resource.keyword)
  checkKeyword(operation, keyword)
  statusIn(operation, resource)
  const same = ({ keyword: other }: Fields): boolean =>
    text(members(other).text).toLowerCase() === text(keyword.text).toLowerCase() &&
    members(other).match_type === keyword.match_type
  const id = put(operation, group.id, same)
  return `customers/${draft.account.id}/adGroupCriteria/${group.id}~${id}`
}

/** Creating a criterion that is there already answers the one that is there. */
function put({ draft, resource }: Operation, parent: string, same: (native: Fields) => boolean): string {
  const known = criteriaOf(draft, parent).find(({ native }) => same(native) && native.negative === resource.negative)
  return known?.id ?? draft.add('criterion', { name: '', parent_id: parent, status: 'ACTIVE', google: resource })
}

/** The criteria of a campaign or an ad group that are not removed. */
export const criteriaOf = (draft: Draft, parent: string): { id: string; native: Fields }[] =>
  draft.all('criterion').flatMap((id) => {
    const fields = draft.fields(id)
    return fields?.parent_id === parent && fields.status !== 'DELETED' ? [{ id, native: nativeOf(fields) }] : []
  })

function removed(operation: Operation, collection: string): string {
  const { id } = thingAt(operation, operation.target, collection, 'criterion')
  operation.draft.change(id, { status: 'DELETED' })
  return operation.target
}

function refuseForbidden(operation: Operation): void {
  const found = FORBIDDEN.find((field) => operation.resource[field] !== undefined)
  if (found)
    throw wrong(
      operation,
      'criterion_error',
      'CANNOT_TARGET_CRITERION',
      'Ads for employment must not be targeted by age, gender, parental status, income or lists of people.',
      found,
    )
}

function checkLocation(operation: Operation): void {
  const constant = text(members(operation.resource.location).geo_target_constant)
  if (!GEO_TARGETS.has(/^geoTargetConstants\/(\d+)$/.exec(constant)?.[1] ?? ''))
    throw wrong(
      operation,
      'criterion_error',
      'INVALID_CRITERION_ID',
      `There is no ${constant}.`,
      'location',
      'geo_target_constant',
    )
}

function checkLanguage(operation: Operation): void {
  const constant = text(members(operation.resource.language).language_constant)
  if (!LANGUAGES.has(/^languageConstants\/(\d+)$/.exec(constant)?.[1] ?? ''))
    throw wrong(
      operation,
      'criterion_error',
      'INVALID_CRITERION_ID',
      `There is no ${constant}.`,
      'language',
      'language_constant',
    )
}

function checkKeyword(operation: Operation, keyword: Fields): void {
  const words = text(keyword.text)
  const fail = (code: string, message: string) => wrong(operation, 'criterion_error', code, message, 'keyword', 'text')
  if (words.trim() === '') throw fail('INVALID_KEYWORD_TEXT', 'The keyword is empty.')
  if (words.length > KEYWORD_LETTERS)
    throw fail('KEYWORD_TEXT_TOO_LONG', `A keyword has at most ${KEYWORD_LETTERS} letters.`)
  if (words.split(/\s+/).length > KEYWORD_WORDS)
    throw fail('KEYWORD_HAS_TOO_MANY_WORDS', `A keyword has at most ${KEYWORD_WORDS} words.`)
  if (BAD_LETTERS.test(words)) throw fail('KEYWORD_HAS_INVALID_CHARS', 'The keyword has letters that are not allowed.')
  if (!['EXACT', 'PHRASE', 'BROAD'].includes(text(keyword.match_type)))
    throw wrong(operation, 'field_error', 'REQUIRED', 'The required field was not present.', 'keyword', 'match_type')
}
