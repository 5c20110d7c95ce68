import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Campaign } from '#domain/campaign.ts'
import { type Channel, channelId } from '#domain/channel.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { settle } from '#functions/capabilities/campaigns/settle.ts'
import { pauseCampaign, resumeCampaign } from '#functions/capabilities/campaigns/steer.ts'
import { viewCampaign } from '#functions/capabilities/campaigns/view-campaign.ts'
import { draftCampaign, ORG, type PublishingWorld, publishingWorld } from '#tests/support/publishing.ts'
import { CAUSE } from '#tests/support/world.ts'

/** A campaign that runs on Meta and does not on Google: resuming it sets going what can be. */

let world: PublishingWorld
beforeEach(async () => {
  world = await publishingWorld()
})
afterEach(() => world.stop())

type State = Pick<Channel, 'status' | 'desired' | 'confirmed'> & { code: string }
const PAUSED: State = { status: 'PAUSED', desired: 'paused', confirmed: 'paused', code: 'paused_on_platform' }
const failed = (code: string): State => ({ status: 'FAILED', desired: 'active', confirmed: 'paused', code })

async function partly({ code, ...state }: State): Promise<Campaign> {
  const draft = await draftCampaign(world)
  await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
  await world.drain()
  const meta = await world.channel(draft)
  const campaign = await world.campaign(draft.id)
  if (!meta || campaign?.status !== 'ACTIVE') throw new Error(`it is ${campaign?.status}`)
  return world.store.transact(ORG, CAUSE, async (tx) => {
    const { version: _v, auditHash: _h, createdAt: _c, updatedAt: _u, ...fields } = meta
    const because = { code, message: null }
    const id = channelId(draft.id, 'google-ads')
    const other = tx.record(
      'channels',
      { ...fields, id, platform: 'google-ads', ...state, because, reason: because, wakeAt: null },
      undefined,
      { action: 'channel.publish' },
    )
    return settle(tx, { ...campaign, platforms: ['meta', 'google-ads'] }, [meta, other])
  })
}

const view = async ({ ref }: Campaign) => {
  const { campaign, channels } = await viewCampaign(world.ports, ORG, ref)
  return { campaign, google: channels.find(({ platform }) => platform === 'google-ads') }
}

describe('a campaign that runs in part', () => {
  test('is resumed where it is paused, and left alone where it runs', async () => {
    const campaign = await partly(PAUSED)
    expect(campaign.status).toBe('PARTIAL')
    const metaBefore = await world.channel(campaign)
    await resumeCampaign(world.ports, ORG, CAUSE, campaign.ref)
    expect((await view(campaign)).google).toMatchObject({ desired: 'active', because: { code: 'resumed_by_user' } })
    expect(world.waiting.map(({ queue }) => queue)).toEqual(['publish-google-ads'])
    expect(await world.channel(campaign)).toEqual(metaBefore)
    // Asked again while it is on its way, nothing more is done.
    await resumeCampaign(world.ports, ORG, CAUSE, campaign.ref)
    expect(world.waiting).toHaveLength(1)
  })

  test('is tried again where it failed and may yet work', async () => {
    const campaign = await partly(failed('auth'))
    await resumeCampaign(world.ports, ORG, CAUSE, campaign.ref)
    expect((await view(campaign)).google).toMatchObject({ status: 'PENDING', reason: null, failures: 0 })
    expect(world.waiting.map(({ queue }) => queue)).toEqual(['publish-google-ads'])
  })

  test('is refused where nothing of it can be set going without another plan, and says what to do', async () => {
    const campaign = await partly(failed('refusal'))
    await expect(resumeCampaign(world.ports, ORG, CAUSE, campaign.ref)).rejects.toMatchObject({
      code: 'illegal_state',
      message: expect.stringContaining('google-ads'),
      details: { remedy: expect.stringContaining('publish again') },
    })
    expect(world.waiting).toEqual([])
  })

  test('is resumed where it is paused though it is gone elsewhere', async () => {
    const campaign = await partly({ ...failed('removed_on_platform'), confirmed: 'gone' })
    await pauseCampaign(world.ports, ORG, CAUSE, campaign.ref)
    world.waiting.splice(0, 2, ...world.waiting.filter(({ queue }) => queue.endsWith('meta')))
    await world.drain()
    expect((await view(campaign)).campaign.status).toBe('FAILED')
    await resumeCampaign(world.ports, ORG, CAUSE, campaign.ref)
    await world.drain()
    expect((await view(campaign)).campaign.status).toBe('PARTIAL')
    expect((await view(campaign)).google).toMatchObject({ status: 'FAILED', reason: { code: 'removed_on_platform' } })
  })
})
