import { expect, test } from 'vitest'
import { DomainError } from '#domain/errors.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { pauseCampaign, resumeCampaign } from '#functions/capabilities/campaigns/steer.ts'
import { changeOrganisation, viewOrganisation } from '#functions/capabilities/organisation/change-organisation.ts'
import { type GuardedWorld, guardedWorld, ORG } from '#tests/support/guarded-world.ts'
import { CAUSE } from '#tests/support/world.ts'

const usd = (minor: number) => ({ minor, currency: 'USD' })
const capped = (minor: number) => guardedWorld({ dailyCap: usd(minor) })
const publish = async (world: GuardedWorld, amount = '20.00') =>
  (await publishCampaign(world.ports, ORG, CAUSE, (await world.draft(amount)).id)).campaign
const reserved = async (world: GuardedWorld) => (await viewOrganisation(world, ORG)).reservedADay

test('fifty publishes at once at the edge of the cap: as many as fit, and not one more', async () => {
  const world = await capped(10_000)
  const drafts = []
  for (let i = 0; i < 50; i++) drafts.push(await world.draft())
  const outcomes = await Promise.allSettled(drafts.map(({ id }) => publishCampaign(world.ports, ORG, CAUSE, id)))
  const refused = outcomes.flatMap((o) => (o.status === 'rejected' ? [o.reason] : []))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  for (const reason of refused) expect(reason).toMatchObject({ code: 'unprocessable' })
  expect(await reserved(world)).toEqual([usd(10_000)])
  await world.run(60)
  expect((await world.statuses()).ACTIVE).toBe(5)
}, 240_000)

test('the refusal names the cap, what is reserved, what is needed, and what to do', async () => {
  const world = await capped(5000)
  await publish(world, '40.00')
  const refusal = await publish(world).catch((error: DomainError) => error)
  expect(refusal).toBeInstanceOf(DomainError)
  expect((refusal as DomainError).message).toBe(
    'CMP-0002 can cost 20.00 USD on one day: 40.00 USD of the daily cap of 50.00 USD is reserved already',
  )
  expect((refusal as DomainError).details.remedy).toMatch(/Pause another campaign/)
  expect((await world.statuses()).DRAFT).toBe(1)
})

test('a share comes back only when the platform confirmed the pause, and is taken again by a resume', async () => {
  const world = await capped(2000)
  const first = await publish(world)
  await world.run(60)
  world.weather.failure = new PlatformFailure('ambiguous', 'no answer')
  await pauseCampaign(world.ports, ORG, CAUSE, first.id)
  await expect(publish(world)).rejects.toMatchObject({ code: 'unprocessable' })
  await world.run(120)
  expect(await reserved(world)).toEqual([usd(2000)])
  world.weather.failure = null
  await world.run(120)
  expect(await world.statuses()).toMatchObject({ PAUSED: 1 })
  expect(await reserved(world)).toEqual([])
  await publish(world)
  await expect(resumeCampaign(world.ports, ORG, CAUSE, first.id)).rejects.toMatchObject({ code: 'unprocessable' })
})

test('what the platform refused, and what ended, holds nothing back', async () => {
  const world = await capped(4000)
  world.weather.failure = new PlatformFailure('refusal', 'no such objective')
  await publish(world)
  await world.run(60)
  expect(await reserved(world)).toEqual([])
  world.weather.failure = null
  const { id } = await publish(world)
  await world.run(60)
  world.clock.set('2026-12-22T12:00:00.000Z')
  const channel = await world.store.get(ORG, 'channels', `${id}/meta`)
  if (!channel) throw new Error('no channel')
  const { wakeAt, epoch } = channel
  await world.ports.tasks.enqueue({
    ...{ queue: 'publish-meta', name: 'end', org: ORG, correlationId: 'x' },
    payload: { campaignId: id, platform: 'meta', epoch },
    ...(wakeAt && { runAt: wakeAt }),
  })
  await world.run(60)
  expect(await world.statuses()).toEqual({ FAILED: 1, COMPLETED: 1 })
  expect(await reserved(world)).toEqual([])
})

test('a cap is set by a person, audited, and never below what is reserved or in another currency', async () => {
  const world = await guardedWorld()
  await publish(world)
  const set = (amount: string, currency = 'USD') =>
    changeOrganisation(world, ORG, CAUSE, { dailyCap: { amount, currency } })
  await expect(set('19.99')).rejects.toMatchObject({ code: 'unprocessable', message: /20.00 USD/ })
  await expect(set('500', 'EUR')).rejects.toMatchObject({ code: 'unprocessable', message: /USD/ })
  expect(await set('20.00')).toMatchObject({ dailyCap: usd(2000), reservedADay: [usd(2000)], version: 2 })
  await expect(publish(world)).rejects.toMatchObject({ code: 'unprocessable' })
  const lifted = await changeOrganisation(world, ORG, CAUSE, { dailyCap: null })
  expect(lifted.dailyCap).toBeNull()
  await publish(world)
  const audit = await world.db.collection(`orgs/${ORG}/audit`).get()
  expect(audit.docs.map((entry) => entry.get('after'))).toEqual([{ dailyCap: usd(2000) }, { dailyCap: null }])
})
