import type { Account, Fields } from '../events.ts'
import { items, members, text } from '../world.ts'
import type { Call } from './call.ts'
import { type GraphError, invalid, required } from './errors.ts'
import { checkSpecialCategory } from './special-category-rules.ts'
import { checkTargeting, reachesEu } from './targeting-rules.ts'
import { objectOf, stringOf } from './values.ts'

/** Shared by creates and by updates of the targeting. */
export function targetingOf(call: Call, account: Account, campaign: Fields): Fields {
  const targeting = objectOf(call.params, 'targeting')
  if (!targeting) throw required('targeting')
  const special = items(campaign.special_ad_categories).map(text)
  if (special.some((category) => ['EMPLOYMENT', 'HOUSING', 'CREDIT', 'FINANCIAL_PRODUCTS_SERVICES'].includes(category)))
    checkSpecialCategory(targeting, items(campaign.special_ad_category_country).map(text))
  checkTargeting(call, account, targeting)
  return { age_min: 18, age_max: 65, ...targeting, geo_locations: withTypes(members(targeting.geo_locations)) }
}

const withTypes = (geo: Fields): Fields => ({ ...geo, location_types: geo.location_types ?? ['home', 'recent'] })

/** The EU's Digital Services Act: who profits, who pays. The account may hold defaults. */
export function dsaOf(call: Call, account: Account, targeting: Fields): Fields {
  const beneficiary = stringOf(call.params, 'dsa_beneficiary') ?? account.dsaBeneficiary ?? undefined
  const payor = stringOf(call.params, 'dsa_payor') ?? account.dsaPayor ?? undefined
  if (reachesEu(targeting)) {
    if (!beneficiary) throw dsaMissing(3858081, 'beneficiary', 'dsa_beneficiary')
    if (!payor) throw dsaMissing(3858079, 'payor', 'dsa_payor')
  }
  return {
    ...(beneficiary === undefined ? {} : { dsa_beneficiary: beneficiary }),
    ...(payor === undefined ? {} : { dsa_payor: payor }),
  }
}

const dsaMissing = (subcode: number, who: string, field: string): GraphError =>
  invalid(
    subcode,
    `Missing ${who}`,
    `Ads shown in the European Union must name their ${who} (${field}), or the ad account must have a default.`,
    field,
  )
