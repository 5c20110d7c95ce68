import { describe, expect, test } from 'vitest'
import type { Draft } from '#domain/entity.ts'
import type { Feed } from '#domain/feed.ts'
import { relayOutbox } from '#functions/capabilities/outbox/relay-outbox.ts'
import { hashOf } from '#functions/lib/hash.ts'
import { memoryFirestore } from '#tests/simulation/firestore/client.ts'
import { memoryDisk } from '#tests/simulation/firestore/disk.ts'
import { CAUSE, emulatedFirestore, freshWorld as worldOn } from '#tests/support/world.ts'

const ORG = 'org-1'
const feed = (id: string, name = id): Draft<Feed> => ({
  id,
  name,
  format: 'native',
  url: null,
  everyMinutes: 60,
  active: true,
  webhookSecretLast4: null,
  health: { lastAttemptAt: null, lastSuccessAt: null, lastError: null, counts: null, failures: 0, held: 0 },
  nextPullAt: null,
})

describe('a look', () => {
  test('shows one moment, whatever is written between its reads', async () => {
    const { store } = worldOn()
    const rename = (name: string) =>
      store.transact(ORG, CAUSE, async (tx) => {
        const [a, b] = await tx.getAll('feeds', ['a', 'b'])
        for (const [id, before] of [['a', a] as const, ['b', b] as const])
          tx.record('feeds', feed(id, name), before, { action: 'feed.renamed' })
      })
    await rename('before')
    const names = await store.look(ORG, async (at) => {
      const a = await at.get('feeds', 'a')
      await rename(`after ${a?.name}`)
      const [b] = await at.getAll('feeds', ['b'])
      return [a?.name, b?.name]
    })
    expect(names).toEqual(['before', 'before'])
    expect((await store.get(ORG, 'feeds', 'b'))?.name).toMatch(/^after/)
  })
})

/** Every Firestore that the product's adapters run on must tell the same story. */
const FIRESTORES = {
  'the emulator': emulatedFirestore,
  'the simulation’s own': () => memoryFirestore(memoryDisk(() => new Date())),
}

describe.each(Object.entries(FIRESTORES))('on %s', (_, open) => {
  const freshWorld = () => worldOn(open())

  describe('a verb’s transaction', () => {
    test('writes entity, audit entry and outbox event together, and publishes after the commit', async () => {
      const { store, db, published } = freshWorld()
      const made = await store.transact(ORG, CAUSE, async (tx) => {
        tx.emit('jobs.changed', ['a'])
        return tx.record('feeds', feed('a'), undefined, { action: 'feed.added' })
      })
      expect(made).toMatchObject({ version: 1, schemaVersion: 1, createdAt: '2026-11-20T12:00:00.000Z' })
      expect(await store.get(ORG, 'feeds', 'a')).toEqual(made)
      expect((await db.collection(`orgs/${ORG}/feeds/a/audit`).get()).size).toBe(1)
      expect(published).toMatchObject([
        { type: 'jobs.changed', org: ORG, subjects: ['a'], correlationId: 'test-correlation' },
      ])
      expect((await db.collection(`orgs/${ORG}/outbox`).get()).size).toBe(0)
    })

    test('leaves nothing behind when it throws', async () => {
      const { store, db, published } = freshWorld()
      await expect(
        store.transact(ORG, CAUSE, async (tx) => {
          tx.record('feeds', feed('a'), undefined, { action: 'feed.added' })
          tx.emit('jobs.changed', ['a'])
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      expect(await db.doc(`orgs/${ORG}`).listCollections()).toEqual([])
      expect(published).toEqual([])
    })

    test('an event that could not be published stays in the outbox and is relayed by the sweep', async () => {
      const { store, census, events, switches, published, db } = freshWorld()
      switches.failPublishing = true
      await store.transact(ORG, CAUSE, async (tx) => tx.emit('job.closed', ['a']))
      const [kept] = (await db.collection(`orgs/${ORG}/outbox`).get()).docs
      await kept?.ref.update({ nextAttemptAt: new Date(Date.now() - 1).toISOString() })
      switches.failPublishing = false
      expect(await relayOutbox({ store, census, events }, 'sweep')).toBeGreaterThan(0)
      expect(published).toMatchObject([{ type: 'job.closed', subjects: ['a'] }])
      expect((await db.collection(`orgs/${ORG}/outbox`).get()).size).toBe(0)
    })

    test('refuses to create what exists', async () => {
      const { store } = freshWorld()
      const add = () =>
        store.transact(ORG, CAUSE, async (tx) => tx.record('feeds', feed('a'), undefined, { action: 'feed.added' }))
      await add()
      await expect(add()).rejects.toMatchObject({ code: 'conflict' })
    })

    test('two writers at once make two versions, without a fork in the audit chain', async () => {
      const { store, db } = freshWorld()
      await store.transact(ORG, CAUSE, async (tx) =>
        tx.record('feeds', feed('a', '0'), undefined, { action: 'feed.added' }),
      )
      for (let round = 0; round < 3; round++)
        await Promise.all(
          [1, 2].map(() =>
            store.transact(ORG, CAUSE, async (tx) => {
              const before = await tx.get('feeds', 'a')
              if (!before) throw new Error('gone')
              tx.record('feeds', { ...before, name: String(Number(before.name) + 1) }, before, {
                action: 'feed.renamed',
              })
            }),
          ),
        )
      const entries = (await db.collection(`orgs/${ORG}/feeds/a/audit`).orderBy('seq').get()).docs.map((d) => d.data())
      expect(entries).toHaveLength(7)
      let previous = ''
      for (const { hash, ...entry } of entries) {
        expect(entry.previous).toBe(previous)
        expect(hashOf(entry)).toBe(hash)
        previous = hash
      }
      expect(await store.get(ORG, 'feeds', 'a')).toMatchObject({ name: '6', version: 7, auditHash: previous })
    })

    test('the audit entry names who, why and only the fields that changed', async () => {
      const { store, db } = freshWorld()
      const first = await store.transact(ORG, CAUSE, async (tx) =>
        tx.record('feeds', feed('a', 'old'), undefined, { action: 'feed.added' }),
      )
      await store.transact(ORG, CAUSE, async (tx) =>
        tx.record('feeds', { ...first, name: 'new' }, first, { action: 'feed.renamed', why: 'typo' }),
      )
      const entry = (await db.doc(`orgs/${ORG}/feeds/a/audit/00000002`).get()).data()
      expect(entry).toMatchObject({
        actor: 'user:ana',
        action: 'feed.renamed',
        why: 'typo',
        before: { name: 'old' },
        after: { name: 'new' },
      })
      expect(Object.keys(entry?.after)).toEqual(['name'])
    })

    test('a consumer sees an event once, however often it is delivered', async () => {
      const { store } = freshWorld()
      const consume = () => store.transact(ORG, CAUSE, (tx) => tx.once('pause', 'event-1'))
      expect([await consume(), await consume(), await consume()]).toEqual([true, false, false])
    })

    test('its mark in the inbox expires by the database’s own hand', async () => {
      const { store, db } = freshWorld()
      await store.transact(ORG, CAUSE, (tx) => tx.once('pause', 'event-1'))
      const { expiresAt } = (await db.doc(`orgs/${ORG}/inbox/pause_event-1`).get()).data() ?? {}
      expect(expiresAt.toDate().toISOString()).toBe('2026-12-25T12:00:00.000Z')
      expect((await store.get(ORG, 'inbox', 'pause_event-1'))?.expiresAt).toBe('2026-12-25T12:00:00.000Z')
    })

    test('a measured field changes neither version nor chain', async () => {
      const { store } = freshWorld()
      const made = await store.transact(ORG, CAUSE, async (tx) =>
        tx.record('feeds', feed('a'), undefined, { action: 'feed.added' }),
      )
      await store.transact(ORG, CAUSE, async (tx) =>
        tx.measure('feeds', 'a', { nextPullAt: '2026-11-21T00:00:00.000Z' }),
      )
      expect(await store.get(ORG, 'feeds', 'a')).toEqual({ ...made, nextPullAt: '2026-11-21T00:00:00.000Z' })
    })
  })

  describe('reading', () => {
    test('pages follow one another without a gap and without a repetition', async () => {
      const { store, clock } = freshWorld()
      for (let i = 0; i < 7; i++) {
        await store.transact(ORG, CAUSE, async (tx) =>
          tx.record('feeds', feed(`f${i}`), undefined, { action: 'feed.added' }),
        )
        if (i % 2) clock.advance(1000)
      }
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: { items: Feed[]; next: string | null } = await store.list(ORG, 'feeds', {
          orderBy: ['createdAt', 'desc'],
          limit: 3,
          ...(cursor && { cursor }),
        })
        seen.push(...page.items.map((f) => f.id))
        cursor = page.next
      } while (cursor)
      expect(seen).toHaveLength(7)
      expect(new Set(seen).size).toBe(7)
      expect(seen[0]).toBe('f6')
    })

    test('a cursor that is not ours is refused', async () => {
      const { store } = freshWorld()
      await expect(store.list(ORG, 'feeds', { limit: 3, cursor: 'rubbish' })).rejects.toMatchObject({ code: 'invalid' })
    })

    test('a document that does not fit its schema is named, not passed on', async () => {
      const { store, db } = freshWorld()
      await db.doc(`orgs/${ORG}/feeds/bad`).set({ id: 'bad' })
      await expect(store.get(ORG, 'feeds', 'bad')).rejects.toThrow(/feeds\/bad does not fit the schema/)
    })

    test('one organisation never reads another’s document', async () => {
      const { store } = freshWorld()
      await store.transact(ORG, CAUSE, async (tx) => tx.record('feeds', feed('a'), undefined, { action: 'feed.added' }))
      expect(await store.get('org-2', 'feeds', 'a')).toBeUndefined()
      expect((await store.list('org-2', 'feeds', { limit: 10 })).items).toEqual([])
    })
  })

  describe('refs', () => {
    test('asked for at the same moment follow one another without a gap', async () => {
      const { store } = freshWorld()
      const refs = await Promise.all(Array.from({ length: 6 }, () => store.reserveRefs(ORG, 'campaigns', 1)))
      expect(refs.flat()).toEqual(['CMP-0001', 'CMP-0002', 'CMP-0003', 'CMP-0004', 'CMP-0005', 'CMP-0006'])
    })

    test('are unique over processes, and a batch gets one unbroken block', async () => {
      const first = freshWorld()
      const { firestoreStore } = await import('#functions/adapters/firestore/store.ts')
      const second = firestoreStore(first.db, first.clock, first.events)
      const block = await first.store.reserveRefs(ORG, 'jobs', 3)
      expect(block).toEqual(['JOB-0001', 'JOB-0002', 'JOB-0003'])
      const refs = [
        ...(await first.store.reserveRefs(ORG, 'jobs', 1)),
        ...(await second.reserveRefs(ORG, 'jobs', 1)),
        ...(await first.store.reserveRefs(ORG, 'jobs', 1)),
        ...(await second.reserveRefs(ORG, 'jobs', 20)),
      ]
      expect(new Set([...block, ...refs]).size).toBe(26)
    })
  })
})
