import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Trait } from '#domain/segment.ts'
import { planCampaign } from '#functions/capabilities/campaigns/plan-campaign.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { draftCampaign, ORG, type PublishingWorld, publishingWorld } from '#tests/support/publishing.ts'
import { CAUSE } from '#tests/support/world.ts'

/** What candidates have in common becomes what the platform's employment rules allow, and nothing else. */

let world: PublishingWorld
beforeEach(async () => {
  world = await publishingWorld()
  await segment('seg_data', ['Python', 'SQL'], ['Bogotá'])
  await segment('seg_care', ['Nursing'], ['Medellín', 'Cali'])
})
afterEach(() => world.stop())

const trait = (value: string): Trait => ({ value, share: 0.6, overall: 0.2, lift: 3 })

async function segment(id: string, skills: string[], cities: string[]): Promise<void> {
  await world.store.transact(ORG, CAUSE, async (tx) => {
    tx.record(
      'segments',
      {
        id,
        name: { es: id, en: id },
        model: 'v1',
        cluster: 0,
        active: true,
        evidence: {
          size: 50,
          share: 0.5,
          skills: skills.map(trait),
          places: cities.map((city) => ({ ...trait(city), city, country: 'CO' })),
          education: [trait('master')],
          yearsExperience: 4,
          desiredSalaryMinor: null,
          currency: null,
          salaryPeriod: null,
        },
      },
      undefined,
      { action: 'segment.named' },
    )
  })
}

const AdSet = z.object({
  id: z.string(),
  kind: z.literal('adset'),
  name: z.string(),
  fields: z.object({ targeting: z.record(z.string(), z.unknown()) }),
})
async function adSets() {
  const { objects } = await world.books()
  return objects.filter(({ kind }) => kind === 'adset').map((object) => AdSet.parse(object))
}

async function publishAndRun(segments: string[]): Promise<void> {
  const draft = await draftCampaign(world, { segments })
  await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
  await world.drain()
  expect((await world.campaign(draft.id))?.status).toBe('ACTIVE')
}

describe('segments', () => {
  test('become cities and interests; the plan says what became what, and what was left out and why', async () => {
    const draft = await draftCampaign(world, { segments: ['seg_data'] })
    const { channels } = await planCampaign(world.ports, ORG, draft)
    const [planned] = channels
    const [targeting] = planned?.plan.targeting ?? []
    expect(targeting?.became).toContainEqual(expect.objectContaining({ kind: 'city', from: 'Bogotá' }))
    expect(targeting?.became).toContainEqual(expect.objectContaining({ kind: 'interest', from: 'Python' }))
    expect(targeting?.leftOut).toContainEqual({ trait: 'master', why: 'employment ads may not target education' })
  })

  test('two of them send different targeting and get different delivery', async () => {
    await publishAndRun(['seg_data', 'seg_care'])
    const [one, two] = await adSets()
    expect(one?.fields.targeting).not.toEqual(two?.fields.targeting)
    world.clock.advance(4 * 86_400_000)
    const Ads = z.object({ ads: z.array(z.object({ days: z.array(z.object({ impressions: z.int() })) })) })
    const { ads } = Ads.parse(await (await fetch(`${world.control}/_sandbox/books`)).json())
    const impressions = ads.map(({ days }) => days.reduce((sum, day) => sum + day.impressions, 0))
    expect(Math.min(...impressions)).toBeGreaterThan(0)
    expect(new Set(impressions).size).toBe(2)
  })

  test('never become age, gender, postcode, an exclusion or a lookalike', async () => {
    await publishAndRun(['seg_data', 'seg_care'])
    for (const { fields } of await adSets()) {
      expect(fields.targeting).toMatchObject({ age_min: 18, age_max: 65 })
      const text = JSON.stringify(fields.targeting)
      for (const word of ['genders', 'zips', 'excluded', 'exclusions', 'lookalike', 'education'])
        expect(text).not.toContain(word)
    }
  })
})

describe('a custom audience', () => {
  const hashes = Array.from({ length: 120 }, (_, i) => createHash('sha256').update(`${i}@example.com`).digest('hex'))

  test('is made only where the organisation switched it on, from the hashes of those who agreed', async () => {
    world.seams.audience = hashes
    await publishAndRun(['seg_data'])
    expect((await world.calls())['meta.upload-users']).toBeUndefined()

    await world.db.doc(`orgs/${ORG}/connections/meta`).update({ 'settings.audiences': 'on' })
    const draft = await draftCampaign(world, { segments: ['seg_data'] })
    await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
    await world.drain()
    expect((await world.calls())['meta.upload-users']).toBe(1)
    const [targeted] = (await adSets()).filter(({ fields }) => 'custom_audiences' in fields.targeting)
    expect(targeted?.fields.targeting).not.toHaveProperty('flexible_spec')
  })

  test('its hashes are in no document of ours', async () => {
    world.seams.audience = hashes
    await world.db.doc(`orgs/${ORG}/connections/meta`).update({ 'settings.audiences': 'on' })
    const draft = await draftCampaign(world, { segments: ['seg_data'] })
    await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
    await world.drain()
    const channel = await world.channel(draft)
    expect(JSON.stringify(channel)).not.toContain(hashes[0])
    const entries = await world.db.collection(`orgs/${ORG}/campaigns/${draft.id}/channels/meta/audit`).get()
    expect(JSON.stringify(entries.docs.map((d) => d.data()))).not.toContain(hashes[0])
  })

  test('too few people to be delivered to are not uploaded at all', async () => {
    world.seams.audience = hashes.slice(0, 99)
    await world.db.doc(`orgs/${ORG}/connections/meta`).update({ 'settings.audiences': 'on' })
    await publishAndRun(['seg_data'])
    expect((await world.calls())['meta.upload-users']).toBeUndefined()
  })
})
