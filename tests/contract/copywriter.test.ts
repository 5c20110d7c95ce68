import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COPY_LIMITS } from '#domain/copy.ts'
import { geminiCopywriter } from '#functions/adapters/gemini/copywriter.ts'
import { composeCopy } from '#functions/capabilities/campaigns/compose-copy.ts'
import { GEMINI_KEY } from '#local/sandbox/accounts.ts'
import { draftCampaign, ORG, type PublishingWorld, publishingWorld } from '#tests/support/publishing.ts'

/** Google's own client over the wire to the sandbox's Gemini host. */

let world: PublishingWorld
beforeAll(async () => {
  world = await publishingWorld()
})
afterAll(() => world.stop())

const env = {
  projectId: 'demo',
  location: 'x',
  functionsUrl: 'http://f',
  consoleUrl: 'http://c',
  webApiKey: 'x',
  geminiModel: 'gemini-2.5-flash',
}
const request = {
  language: 'es' as const,
  title: 'Desarrolladora backend',
  company: 'Andes',
  place: 'Bogotá',
  description: '<p>APIs en Node.js</p>',
}

describe('a model that writes ad copy', () => {
  test('is asked where a key is set, and its answer keeps the limits', async () => {
    const copy = await geminiCopywriter({ ...env, geminiKey: GEMINI_KEY }).write(request)
    expect(copy).not.toBeNull()
    for (const part of ['primaryText', 'headline', 'description'] as const)
      expect(copy?.[part].length).toBeLessThanOrEqual(COPY_LIMITS[part])
  })

  test('is never asked without a key', async () => {
    const before = (await world.calls())['gemini.generate'] ?? 0
    expect(await geminiCopywriter(env).write(request)).toBeNull()
    expect((await world.calls())['gemini.generate'] ?? 0).toBe(before)
  })

  test.each(['malformed', 'blocked', '429', '500'])('an answer that is %s is no copy, and no error', async (fault) => {
    await world.fault({ platform: 'gemini', fault, times: 5 })
    expect(await geminiCopywriter({ ...env, geminiKey: GEMINI_KEY }).write(request)).toBeNull()
    await fetch(`${world.control}/_sandbox/faults`, { method: 'DELETE' })
  })

  test('a wrong key is no error of the campaign: the template writes', async () => {
    const copywriter = geminiCopywriter({ ...env, geminiKey: 'AIzaWrong' })
    const campaign = await draftCampaign(world)
    const job = await world.store.get(ORG, 'jobs', campaign.jobId)
    if (!job) throw new Error('no job')
    expect(await composeCopy({ copywriter }, job)).toMatchObject({ copyBy: 'template' })
  })

  test.each([
    ['a link', { headline: 'See https://evil.example' }],
    ['an address', { primaryText: 'Write to me@evil.example' }],
    ['markup', { description: '<img src=x onerror=alert(1)>' }],
    ['a promise', { primaryText: 'Guaranteed income' }],
    ['more than fits', { headline: 'x'.repeat(41) }],
  ])('what it writes with %s is not used', async (_, bad) => {
    const hostile = { write: async () => ({ primaryText: 'ok', headline: 'ok', description: 'ok', ...bad }) }
    const campaign = await draftCampaign(world)
    const job = await world.store.get(ORG, 'jobs', campaign.jobId)
    if (!job) throw new Error('no job')
    expect((await composeCopy({ copywriter: hostile }, job)).copyBy).toBe('template')
  })
})
