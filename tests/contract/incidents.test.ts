import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { redriveChannel } from '#functions/capabilities/campaigns/redrive.ts'
import { redriveSync } from '#functions/capabilities/metrics/redrive-sync.ts'
import { listNotices } from '#functions/capabilities/notices/list-notices.ts'
import { readNotice } from '#functions/capabilities/notices/read-notice.ts'
import { findLetter } from '#functions/capabilities/tasks/find-letter.ts'
import { listTasks } from '#functions/capabilities/tasks/list-tasks.ts'
import { draftCampaign, ORG, type PublishingWorld, publishingWorld } from '#tests/support/publishing.ts'
import { CAUSE } from '#tests/support/world.ts'

/** What a person must see to: told once, shown until it is over, tried again on their word. */

let world: PublishingWorld
beforeEach(async () => {
  world = await publishingWorld()
})
afterEach(() => world.stop())

const notices = async (unread = false) => (await listNotices(world.ports, ORG, { limit: 50, unread })).items
const incidents = async () => (await world.store.list(ORG, 'incidents', { limit: 50 })).items
const letters = async () => (await world.store.list(ORG, 'deadLetters', { limit: 50 })).items
const refuseToken = (operation: string, times: number) =>
  world.fault({ platform: 'meta', fault: 'expired-token', operation, times })

describe('a publish whose token is refused', () => {
  test('is audited, tried three times with growing waits, told once, and closes when a retry works', async () => {
    const draft = await draftCampaign(world)
    await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
    await refuseToken('create-campaign', 3)
    const waits: number[] = []
    for (let task = world.waiting.shift(); task; task = world.waiting.shift()) {
      if (task.runAt) {
        waits.push((Date.parse(task.runAt) - world.clock.now().getTime()) / 1000)
        world.clock.set(task.runAt)
      }
      expect(await world.deliver(task)).toBe('done')
    }
    expect(waits).toEqual([10, 30])
    expect((await world.calls())['meta.create-campaign']).toBe(3)
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'FAILED', reason: { code: 'auth' } })
    const audit = await world.db.collection(`orgs/${ORG}/campaigns/${draft.id}/channels/meta/audit`).get()
    const entries = audit.docs.map((entry) => entry.data())
    expect(entries.filter(({ why }) => why === 'auth').at(-1)).toMatchObject({
      action: 'channel.status',
      after: { status: 'FAILED' },
    })

    const trouble = {
      kind: 'platform_auth',
      subject: `${draft.id}/meta`,
      suggestedAction: expect.stringMatching(/^Reconnect/),
    }
    const [incident, ...others] = await incidents()
    expect(others).toEqual([])
    expect(incident).toMatchObject({ ...trouble, closedAt: null, occurrences: 1 })
    expect(await notices()).toEqual([
      expect.objectContaining({ ...trouble, to: 'admin', incident: incident?.id, readBy: null, readAt: null }),
    ])

    const tasks = await listTasks(world.ports, ORG)
    expect(tasks).toMatchObject([{ id: incident?.id, kind: 'publish', state: 'failed', attempts: 3 }])
    await redriveChannel(world.ports, ORG, CAUSE, tasks[0]?.id ?? '')
    await world.drain()
    expect((await world.campaign(draft.id))?.status).toBe('ACTIVE')
    expect((await incidents())[0]?.closedAt).not.toBeNull()
    expect(await letters()).toMatchObject([{ state: 'closed' }])
    expect(await notices()).toHaveLength(1)
  })

  test('that works at the second attempt is nobody’s business', async () => {
    const draft = await draftCampaign(world)
    await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
    await refuseToken('create-campaign', 1)
    await world.drain()
    expect((await world.campaign(draft.id))?.status).toBe('ACTIVE')
    expect([...(await incidents()), ...(await notices()), ...(await letters())]).toEqual([])
  })
})

test('a publish that the platform refuses opens an incident for its recruiter and tells no administrator', async () => {
  const draft = await draftCampaign(world, { dailyBudget: { amount: '0.01', currency: 'USD' } })
  await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
  await world.drain()
  expect(await incidents()).toMatchObject([{ kind: 'platform_refusal', closedAt: null }])
  expect(await notices()).toEqual([])
})

describe('a sync that gives up', () => {
  test('leaves work that a person can ask for again, and closes with it', async () => {
    await refuseToken('create-report', 1)
    await world.sync()
    const [task, ...others] = await listTasks(world.ports, ORG)
    expect(others).toEqual([])
    expect(task).toMatchObject({ kind: 'sync', state: 'failed', attempts: 1, lastError: expect.any(String) })
    const account = (await world.store.get(ORG, 'connections', 'meta'))?.accountId
    expect(task?.subject).toBe(`meta_${account}`)

    await redriveSync(world.ports, ORG, CAUSE, await findLetter(world.ports, ORG, task?.id ?? ''))
    expect(await letters()).toMatchObject([{ state: 'redriven' }])
    await expect(
      redriveSync(world.ports, ORG, CAUSE, await findLetter(world.ports, ORG, task?.id ?? '')),
    ).rejects.toMatchObject({ code: 'illegal_state' })
    await world.sync()
    expect(await letters()).toMatchObject([{ state: 'closed' }])
    expect((await incidents())[0]?.closedAt).not.toBeNull()
    expect(await listTasks(world.ports, ORG)).toEqual([])
  })

  test('tells once however often it fails, and again when it breaks again', async () => {
    await refuseToken('create-report', 2)
    await world.sync()
    await world.sync()
    expect(await incidents()).toMatchObject([{ kind: 'platform_auth', closedAt: null, occurrences: 2 }])
    expect(await notices()).toHaveLength(1)
    world.clock.advance(1_800_000)
    await world.sync()
    expect(await letters()).toMatchObject([{ kind: 'sync', state: 'closed' }])
    await refuseToken('create-report', 1)
    world.clock.advance(1_800_000)
    await world.sync()
    expect(await incidents()).toMatchObject([{ closedAt: null, occurrences: 1 }])
    expect(await letters()).toMatchObject([{ state: 'open' }])
    expect(await notices()).toHaveLength(2)
  })

  test('of an account that is no longer connected cannot be asked for again', async () => {
    await refuseToken('create-report', 1)
    await world.sync()
    const letter = await findLetter(world.ports, ORG, (await letters())[0]?.id ?? '')
    await world.db.doc(`orgs/${ORG}/connections/meta`).update({ accountId: '77' })
    await expect(redriveSync(world.ports, ORG, CAUSE, letter)).rejects.toMatchObject({
      code: 'illegal_state',
      details: { remedy: expect.stringContaining('Connect it again') },
    })
  })
})

test('a notice is read once: the first reader stays, and it is unread no more', async () => {
  await refuseToken('create-report', 1)
  await world.sync()
  const [notice] = await notices(true)
  const read = await readNotice(world.ports, ORG, CAUSE, notice?.id ?? '')
  expect(read).toMatchObject({ readBy: 'user:ana', readAt: world.clock.now().toISOString() })
  const luis = { ...CAUSE, actor: { kind: 'user' as const, id: 'luis', role: 'admin' as const } }
  expect(await readNotice(world.ports, ORG, luis, notice?.id ?? '')).toEqual(read)
  expect(await notices(true)).toEqual([])
  expect(await notices()).toHaveLength(1)
  await expect(readNotice(world.ports, ORG, luis, 'ntc_none')).rejects.toMatchObject({ code: 'not_found' })
})
