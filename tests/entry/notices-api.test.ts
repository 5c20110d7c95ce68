import { afterAll, beforeAll, expect, test } from 'vitest'
import { functions } from './ingest/functions.ts'

const AT = '2026-11-20T15:00:00.000Z'
const NOTICE = {
  ...{ id: 'ntc_1', schemaVersion: 1, to: 'admin', incident: 'feed_f1', kind: 'feed_failing', subject: 'f1' },
  ...{ message: 'It answered 500', suggestedAction: 'Correct the feed.', at: AT, readBy: null, readAt: null },
}

let stack: Awaited<ReturnType<typeof functions>>
let admin: Awaited<ReturnType<typeof stack.organisation>>
let other: typeof admin
beforeAll(async () => {
  stack = await functions(['api'])
  admin = await stack.organisation(['read', 'notices:read', 'tasks:redrive'])
  other = await stack.organisation(['read'])
  for (const { org } of [admin, other]) await stack.db.doc(`orgs/${org}/notices/ntc_1`).set(NOTICE)
  await stack.db.doc(`orgs/${admin.org}/notices/ntc_0`).set({ ...NOTICE, id: 'ntc_0', at: '2026-11-19T15:00:00.000Z' })
})
afterAll(() => stack.stop())

test('notices are listed newest first and read one by one, by who holds the right', async () => {
  const ids = async (query = '') =>
    (await admin.call(`/api/v1/notices${query}`)).body.items.map(({ id }: { id: string }) => id)
  expect(await ids()).toEqual(['ntc_1', 'ntc_0'])
  const read = await admin.call('/api/v1/notices/ntc_1/read', { json: {} })
  expect(read).toMatchObject({ status: 200, body: { id: 'ntc_1', readAt: expect.any(String) } })
  expect(read.body.readBy).toMatch(/^api-key:/)
  expect(await ids('?unread=true')).toEqual(['ntc_0'])
  expect((await admin.call('/api/v1/notices?unread=maybe')).status).toBe(400)
  expect((await admin.call('/api/v1/notices/ntc_9/read', { json: {} })).status).toBe(404)
  expect((await other.call('/api/v1/notices')).status).toBe(403)
  expect((await other.call('/api/v1/notices/ntc_1/read', { json: {} })).status).toBe(403)
})

test('what was given up is tried again by the capability of its kind', async () => {
  const letter = {
    ...{ schemaVersion: 1, queue: null, reason: 'It failed', attempts: 1, at: AT, state: 'open', correlationId: 'x' },
    ...{ id: 'sync_meta_77', kind: 'sync', subject: 'meta_77', payload: { platform: 'meta' } },
  }
  const put = (more: object) =>
    stack.db.doc(`orgs/${admin.org}/deadLetters/${{ ...letter, ...more }.id}`).set({ ...letter, ...more })
  await put({})
  await put({ id: 'publish_c1_meta', kind: 'publish', subject: 'c1/meta', payload: {} })
  const redrive = (id: string) => admin.call(`/api/v1/tasks/${id}/redrive`, { json: {} })
  expect(await redrive('sync_meta_77')).toMatchObject({
    status: 409,
    body: { title: 'The ad account meta_77 is no longer connected' },
  })
  expect(await redrive('publish_c1_meta')).toMatchObject({ status: 404, body: { title: 'No channel c1/meta' } })
  expect((await redrive('nothing')).status).toBe(404)
})
