import { z } from 'zod'
import type { AdsApi } from './ads-api.ts'
import { unreadable } from './failure.ts'

const Profile = z.object({
  countryCode: z.string(),
  currencyCode: z.string(),
  timezone: z.string(),
  accountInfo: z.object({ name: z.string() }),
})

/** The profile that the connection names: marketplace, currency, zone. */
export async function readProfile(api: AdsApi): Promise<z.infer<typeof Profile>> {
  const path = `/v2/profiles/${encodeURIComponent(api.profileId)}`
  const { body } = await api.call({ method: 'GET', path })
  const profile = Profile.safeParse(body)
  if (!profile.success) throw unreadable(true, `GET ${path}`)
  return profile.data
}
