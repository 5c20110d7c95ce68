import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Campaign } from '#domain/campaign.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { sharpImages } from '#functions/adapters/images/images.ts'
import { planCampaign } from '#functions/capabilities/campaigns/plan-campaign.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { uploadImage } from '#functions/capabilities/images/upload-image.ts'
import { draftCampaign, ORG, type PublishingWorld, publishingWorld } from '#tests/support/publishing.ts'
import { CAUSE } from '#tests/support/world.ts'

/** The platforms keep the bytes; we keep what is known of them. */

let world: PublishingWorld
let png: Buffer
beforeEach(async () => {
  world = await publishingWorld()
  // Noise does not compress: an image as large as photographs are.
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 }
  png = await sharp({ create: { width: 700, height: 400, channels: 3, background: '#2045c4', noise } })
    .png()
    .toBuffer()
})
afterEach(() => world.stop())

const upload = (bytes: Uint8Array = png) => uploadImage({ ...world.ports, images: sharpImages }, ORG, CAUSE, bytes)
const plan = (campaign: Campaign) => planCampaign(world.ports, ORG, campaign)
const kept = async () => (await world.db.collection(`orgs/${ORG}/images`).get()).docs.map((doc) => doc.data())

describe('an upload', () => {
  test('reaches the platform as bytes and the creative as the platform’s own hash', async () => {
    const md5 = createHash('md5').update(png).digest('hex')
    const image = await upload()
    expect(image.kept).toEqual({ [`meta_${(await world.store.get(ORG, 'connections', 'meta'))?.accountId}`]: md5 })
    const draft = await draftCampaign(world, { image: image.id })
    await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
    await world.drain()
    expect((await world.campaign(draft.id))?.status).toBe('ACTIVE')
    const creative = (await world.books()).objects.find(({ kind }) => kind === 'creative')
    expect(JSON.stringify(creative)).toContain(md5)
  })

  test('leaves no bytes in Firestore', async () => {
    const { id } = await upload()
    const [document] = await kept()
    expect(document).toMatchObject({ id, width: 700, height: 400, bytes: png.length })
    expect(JSON.stringify(document).length).toBeLessThan(png.length / 4)
    expect(await world.db.doc(`orgs/${ORG}/images/${id}`).listCollections()).toEqual([])
  })

  test('of the same bytes is the same image, uploaded when it was first', async () => {
    const first = await upload()
    world.clock.advance(60_000)
    expect(await upload()).toEqual(first)
    expect((await world.books()).objects.filter(({ kind }) => kind === 'image')).toHaveLength(1)
  })

  test('without an ad account is refused with what to do', async () => {
    await world.db.doc(`orgs/${ORG}/connections/meta`).delete()
    await expect(upload()).rejects.toMatchObject({
      code: 'unprocessable',
      details: { remedy: expect.stringContaining('Connect one') },
    })
    expect(await kept()).toEqual([])
  })

  test('that only accounts without images could take is refused', async () => {
    world.seams.wrap = (platform) => ({ ...platform, keepImage: async () => null })
    await expect(upload()).rejects.toMatchObject({ code: 'unprocessable' })
    expect(await kept()).toEqual([])
  })

  test('keeps nothing when the platform does not answer, and goes through later', async () => {
    await world.fault({ platform: 'meta', fault: '500', operation: 'create-image', times: 1 })
    await expect(upload()).rejects.toMatchObject({ code: 'unavailable' })
    expect(await kept()).toEqual([])
    expect((await upload()).kept).not.toEqual({})
  })

  test('that is no image, or too small a one, is refused before any platform sees it', async () => {
    world.seams.wrap = (platform) => ({
      ...platform,
      keepImage: async () => {
        throw new PlatformFailure('refusal', 'it was sent')
      },
    })
    await expect(upload(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ code: 'invalid' })
    await expect(upload(await sharp(png).resize(300, 200).png().toBuffer())).rejects.toMatchObject({ code: 'invalid' })
    await expect(upload(png.subarray(0, png.length / 2))).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('a plan', () => {
  test('for an account that was connected after the upload says to upload again, and then goes through', async () => {
    const { id } = await upload()
    const draft = await draftCampaign(world, { image: id })
    await world.db.doc(`orgs/${ORG}/images/${id}`).update({ kept: { meta_1: 'of another account' } })
    await expect(plan(draft)).rejects.toMatchObject({
      code: 'unprocessable',
      details: { remedy: expect.stringMatching(/^Upload the image again: meta .+ does not have it/) },
    })
    await upload()
    expect((await plan(draft)).channels).toHaveLength(1)
  })
})
