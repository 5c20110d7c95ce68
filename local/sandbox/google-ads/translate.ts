import { microsPerMinor } from '../data/currencies.ts'
import type { Fields, Json } from '../events.ts'
import { members, text } from '../world.ts'
import { dayNumber, dayStart } from '../zone.ts'
import type { Draft } from './draft.ts'
import { GEO_TARGETS } from './geo.ts'
import { nativeOf } from './operation.ts'
import { criteriaOf } from './rules/criterion.ts'

/** Writes what Google's resources of a campaign mean in the words that delivery, reviews and books read. */
export function translate(draft: Draft, campaign: string): void {
  const fields = draft.fields(campaign)
  if (!fields) return
  const native = nativeOf(fields)
  const budget = draft.fields(text(native.campaign_budget).split('/').at(-1) ?? '')
  const micros = Number(budget ? nativeOf(budget).amount_micros : 0)
  set(draft, campaign, { daily_budget: String(micros / microsPerMinor(draft.account.currency)) })
  const places = placesOf(draft, campaign)
  for (const id of draft.all('adset')) {
    const group = draft.fields(id)
    if (group?.campaign_id !== campaign) continue
    const keywords = criteriaOf(draft, id).flatMap(({ native: { keyword, negative } }) =>
      keyword === undefined || negative === true ? [] : [text(members(keyword).text)],
    )
    set(draft, id, { targeting: { geo_locations: places, keywords: keywords.sort() }, ...scheduleOf(draft, native) })
  }
}

/** Only what is new makes a new version: a version begins a new stretch of delivery. */
function set(draft: Draft, id: string, changes: Fields): void {
  const before = draft.fields(id) ?? {}
  const real = Object.entries(changes).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value))
  if (real.length > 0) draft.change(id, Object.fromEntries(real))
}

function placesOf(draft: Draft, campaign: string): Fields {
  const targets = criteriaOf(draft, campaign).flatMap(({ native: { location, negative } }) => {
    const id = text(members(location).geo_target_constant).split('/')[1] ?? ''
    return negative === true ? [] : (GEO_TARGETS.get(id) ?? [])
  })
  // Without a location Google shows an ad everywhere.
  if (targets.length === 0) return { country_groups: ['worldwide'] }
  const cities: Json[] = targets.flatMap(({ cityKey }) => (cityKey === null ? [] : [{ key: cityKey }]))
  const countries = targets.flatMap(({ cityKey, countryCode }) => (cityKey === null ? [countryCode] : []))
  return { ...(cities.length > 0 && { cities }), ...(countries.length > 0 && { countries }) }
}

/** Whole days in the account's zone. */
function scheduleOf({ account }: Draft, { start_date_time: start, end_date_time: end }: Fields): Fields {
  const at = (given: Json | undefined, shift: number): number | undefined => {
    const day = dayNumber(text(given).slice(0, 10))
    return day === undefined ? undefined : dayStart(day + shift, account.timezone)
  }
  const from = at(start, 0)
  const until = at(end, 1)
  return { ...(from !== undefined && { start_time: from }), ...(until !== undefined && { end_time: until }) }
}
