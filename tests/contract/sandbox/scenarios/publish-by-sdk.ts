import { createHash } from 'node:crypto'
import sdk from 'facebook-nodejs-business-sdk'

interface Input {
  token: string
  account: string
  page: string
  pixel: string
  image: string
}

/** The whole of a publish and a report with the SDK as it is: its own transport, its own cursors, its own batch of quirks. */
export async function run({ token, account: id, page, pixel, image }: Input): Promise<unknown> {
  const api = new sdk.FacebookAdsApi(token, 'en_US', false)
  const account = new sdk.AdAccount(id, {}, undefined, api)
  const campaign = await account.createCampaign(['id'], {
    name: 'By the SDK & co',
    objective: 'OUTCOME_LEADS',
    status: 'PAUSED',
    special_ad_categories: ['EMPLOYMENT'],
    special_ad_category_country: ['CO'],
    daily_budget: 2000,
  })
  const adset = await account.createAdSet([], {
    name: 'Set',
    campaign_id: campaign.id,
    billing_event: 'IMPRESSIONS',
    optimization_goal: 'OFFSITE_CONVERSIONS',
    promoted_object: { pixel_id: pixel, custom_event_type: 'SUBMIT_APPLICATION' },
    targeting: { geo_locations: { countries: ['CO'] }, targeting_automation: { advantage_audience: 0 } },
    end_time: '2027-01-31T00:00:00-0500',
    status: 'PAUSED',
  })
  const uploaded = (await account.createAdImage([], { bytes: image, name: 'ad.png' }))._data as {
    images: Record<string, { hash: string; width: number }>
  }
  const creative = await account.createAdCreative([], {
    name: 'Creative',
    object_story_spec: {
      page_id: page,
      link_data: {
        link: 'https://jobs.example.com/1',
        message: 'Come and work with us in a friendly team, with training from the first day.',
        name: 'Apply today',
        image_hash: uploaded.images['ad.png']?.hash,
        call_to_action: { type: 'APPLY_NOW' },
      },
    },
  })
  const ad = await account.createAd([], {
    name: 'Ad',
    adset_id: adset.id,
    creative: { creative_id: creative.id },
    status: 'PAUSED',
  })
  for (const object of [new sdk.Ad(ad.id), new sdk.AdSet(adset.id), new sdk.Campaign(campaign.id)]) {
    Object.assign(object, { _api: api })
    await object.update([], { status: 'ACTIVE' })
  }
  const audience = await account.createCustomAudience([], {
    name: 'Consented',
    subtype: 'CUSTOM',
    customer_file_source: 'USER_PROVIDED_ONLY',
  })
  const users = (await new sdk.CustomAudience(audience.id, {}, undefined, api).createUser([], {
    payload: { schema: ['EMAIL'], data: [[createHash('sha256').update('a@example.com').digest('hex')]] },
  })) as unknown as { _data: { num_received: number } }
  for (let i = 0; i < 3; i++)
    await account.createCampaign([], {
      name: `More ${i}`,
      objective: 'OUTCOME_TRAFFIC',
      status: 'PAUSED',
      special_ad_categories: [],
      is_adset_budget_sharing_enabled: false,
    })
  const cursor = await account.getCampaigns(['id', 'name'], { limit: 2 })
  const names = [...cursor].map((found) => (found as unknown as { name: string }).name)
  while (cursor.hasNext()) {
    await cursor.next()
    names.push(...[...cursor].map((found) => (found as unknown as { name: string }).name))
  }
  const state = await new sdk.Ad(ad.id, {}, undefined, api).get(['effective_status', 'created_time'])
  const refused = await account.createCampaign([], { name: 'No category' }).catch((error: unknown) => {
    const { name, status, response } = error as { name: string; status: number; response: { code: number } }
    return { name, status, code: response.code }
  })
  return {
    campaign: campaign.id,
    ad: ad.id,
    width: uploaded.images['ad.png']?.width,
    received: users._data.num_received,
    names: [...new Set(names)],
    state: state._data,
    refused,
  }
}
