import { enums } from 'google-ads-api'
import { z } from 'zod'
import type { Connection } from '#domain/connection.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { AdPlatform, FoundObject, Made } from '#functions/ports/index.ts'
import { type AdsApi, adsApi } from './ads-api.ts'
import { createCampaign, nameOf } from './create.ts'
import { quoted } from './gaql.ts'
import { planGoogleAds } from './plan.ts'
import { reportDays } from './report.ts'
import { channelState, stoppedCampaigns } from './state.ts'
import { Tree } from './tree.ts'
import { updateCampaign } from './update.ts'

const CampaignRow = z.object({ campaign: z.object({ id: z.coerce.string(), name: z.string() }) })
const CustomerRow = z.object({
  customer: z.object({ descriptiveName: z.string().default(''), currencyCode: z.string(), timeZone: z.string() }),
})

/** Google Ads Search: one campaign whole in one step. Names of campaigns that are not removed are unique there. */
export function googleAdsPlatform(
  connection: Connection,
  secret: string,
  beforeChange?: () => Promise<void>,
): AdPlatform {
  const api = adsApi(connection, secret, beforeChange)
  const idOf = (made: Made): string => made.campaign ?? ''

  return {
    plan: (brief) => planGoogleAds(api, brief),

    // Search ads show no images.
    keepImage: async () => null,

    async create(step) {
      return createCampaign(api, Tree.parse(step.payload)).catch((failure: unknown) => {
        // Somebody has the name: an earlier attempt of ours whose answer was lost. Looked up, never made under another name.
        if (failure instanceof PlatformFailure && failure.details.code === 'campaign_error/DUPLICATE_CAMPAIGN_NAME')
          throw new PlatformFailure('ambiguous', failure.message, failure.details)
        throw failure
      })
    },

    update: (step, made) => updateCampaign(api, idOf(made), Tree.parse(step.payload)),

    async find(step) {
      if (step.name === null) return []
      const mark = step.name.slice(step.name.lastIndexOf('~'))
      const gaql = `SELECT campaign.id, campaign.name FROM campaign WHERE campaign.name LIKE ${quoted(`%${mark}`)} AND campaign.status != 'REMOVED' ORDER BY campaign.id`
      const found: FoundObject[] = []
      for await (const row of api.rows(gaql)) {
        const { id, name } = CampaignRow.parse(row).campaign
        // Google tells no time of creation; ids grow, so their order is that of time.
        if (name.endsWith(mark)) found.push({ id, createdAt: '' })
      }
      return found
    },

    async set(made, delivery) {
      const status = delivery === 'active' ? enums.CampaignStatus.ENABLED : enums.CampaignStatus.PAUSED
      const resource = { resource_name: nameOf(api, 'campaigns', idOf(made)), status }
      await api.mutate([{ entity: 'campaign', operation: 'update', resource }])
    },

    state: (made) => channelState(api, idOf(made)),

    async remove(_level, id) {
      await api
        .mutate([{ entity: 'campaign', operation: 'remove', resource: nameOf(api, 'campaigns', id) }])
        .catch((failure: unknown) => {
          if (!isGone(failure)) throw failure
        })
    },

    stopped: () => stoppedCampaigns(api),

    // Google tells no unique reach of a search campaign, so there is nothing to ask for.
    report: async (query) =>
      query.grain === 'days' ? reportDays(api, query) : { state: 'page', rows: [], token: null },

    check: () => account(api),
  }
}

const GONE = [
  'mutate_error/RESOURCE_NOT_FOUND',
  'operation_access_denied_error/OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE',
]

const isGone = (failure: unknown): boolean =>
  failure instanceof PlatformFailure && GONE.includes(failure.details.code ?? '')

async function account(api: AdsApi): ReturnType<AdPlatform['check']> {
  const gaql = 'SELECT customer.descriptive_name, customer.currency_code, customer.time_zone FROM customer LIMIT 1'
  for await (const row of api.rows(gaql)) {
    const { descriptiveName, currencyCode, timeZone } = CustomerRow.parse(row).customer
    return { accountName: descriptiveName, currency: currencyCode, timeZone }
  }
  throw new PlatformFailure('auth', 'Google Ads names no such account')
}
