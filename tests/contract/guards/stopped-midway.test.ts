import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { haltCampaigns } from '#functions/capabilities/campaigns/halt.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { flipSwitch } from '#functions/capabilities/control/flip-switch.ts'
import { draftCampaign, ORG, type PublishingWorld, publishingWorld } from '#tests/support/publishing.ts'
import { CAUSE } from '#tests/support/world.ts'

let world: PublishingWorld
beforeEach(async () => {
  world = await publishingWorld()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await world.stop()
})

test('an activation of several requests goes no further once everything is stopped: the campaign, its last one, is never switched on', async () => {
  const draft = await draftCampaign(world)
  await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
  const sent: string[] = []
  const send = globalThis.fetch
  let stoppedAfter = -1
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...args) => {
    const body = String(args[1]?.body ?? '')
    if (args[1]?.method === 'POST') sent.push(/"status":"(\w+)"/.exec(body)?.[1] ?? '')
    const answer = await send(...args)
    if (sent.at(-1) === 'ACTIVE' && stoppedAfter < 0) {
      await flipSwitch(world.ports, ORG, CAUSE, { state: 'stopped', why: 'Budget was entered wrongly' })
      stoppedAfter = sent.length
    }
    return answer
  })
  const [task] = world.waiting.splice(0)
  if (task) await world.deliver(task)
  expect(
    sent.filter((status) => status === 'ACTIVE'),
    'an ad, and neither its ad set nor its campaign',
  ).toHaveLength(1)
  expect(sent.slice(stoppedAfter)).toEqual([])
  expect((await world.store.list(ORG, 'limits', { limit: 10 })).items, 'no trouble of the account').toMatchObject([
    { closedUntil: null, failuresInRow: 0 },
  ])

  await haltCampaigns(world.ports, ORG, CAUSE)
  await world.drain()
  expect(sent.slice(stoppedAfter)).toEqual(['PAUSED'])
  expect(await world.campaign(draft.id)).toMatchObject({ status: 'KILLED', reason: { code: 'kill_switch' } })
}, 120_000)
