import { Firestore } from '@google-cloud/firestore'
import { DomainError } from '#domain/errors.ts'
import type { DomainEvent } from '#domain/event.ts'
import type { Money } from '#domain/money.ts'
import { firestoreCensus } from '#functions/adapters/firestore/census.ts'
import { firestoreKillSwitch } from '#functions/adapters/firestore/kill-switch.ts'
import { firestoreStore } from '#functions/adapters/firestore/store.ts'
import type { Clock, Events, Secrets } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { freshProject } from './fresh-project.ts'

export const CAUSE: Cause = { actor: { kind: 'user', id: 'ana', role: 'recruiter' }, correlationId: 'test-correlation' }

/** A clock that a test sets. */
export function handClock(
  start = '2026-11-20T12:00:00.000Z',
): Clock & { set: (at: string) => void; advance: (ms: number) => void } {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    set: (at) => {
      now = Date.parse(at)
    },
    advance: (ms) => {
      now += ms
    },
  }
}

/** The emulator, with a project of its own. */
export const emulatedFirestore = (): Firestore =>
  new Firestore({ projectId: freshProject(), ignoreUndefinedProperties: true })

/** A Firestore behind the real store; `published` are the events that went out, `failPublishing` makes that fail. */
export function freshWorld(db: Firestore = emulatedFirestore()) {
  const clock = handClock()
  const published: DomainEvent[] = []
  const switches = { failPublishing: false }
  const events: Events = {
    publish: async (sent) => {
      if (switches.failPublishing) throw new Error('Pub/Sub does not answer')
      published.push(...sent)
    },
  }
  return {
    db,
    clock,
    events,
    published,
    switches,
    store: firestoreStore(db, clock, events),
    census: firestoreCensus(db),
    killSwitch: firestoreKillSwitch(db),
    /** Nothing spends in a new organisation until both switches are there and say so. */
    openOrganisation: async (org: string, dailyCap: Money | null = null) => {
      const at = clock.now().toISOString()
      const entity = { schemaVersion: 1, version: 1, auditHash: '', createdAt: at, updatedAt: at }
      const running = { state: 'running', by: 'system:test', at, why: null }
      await db.doc('control/global').set(running)
      await db.doc(`orgs/${org}/control/switch`).set({ ...entity, id: 'switch', ...running })
      const facts = { name: org, locale: 'es', currency: 'USD', timeZone: 'America/Bogota' }
      await db.doc(`orgs/${org}`).set({ ...entity, id: org, ...facts, dailyCap })
    },
  }
}

/** Secret Manager for a test whose story is not about secrets. */
export function memorySecrets(): Secrets {
  const kept = new Map<string, string>()
  return {
    create: async (name, value) => {
      if (kept.has(name)) return false
      kept.set(name, value)
      return true
    },
    set: async (name, value) => void kept.set(name, value),
    get: async (name) => {
      const value = kept.get(name)
      if (value === undefined) throw new DomainError('unavailable', `The secret ${name} is not there`)
      return value
    },
    remove: async (name) => void kept.delete(name),
  }
}
