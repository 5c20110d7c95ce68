import type { Firestore } from '@google-cloud/firestore'
import type { PlatformKey } from '#domain/ids.ts'
import type { Store } from '#functions/ports/store.ts'
import { CAUSE } from '#tests/support/world.ts'
import { CANARY_MAIL } from './worker.ts'

export const ORG = 'andes'
/** The account's day of 19 November ends ten minutes after the beginning. */
export const BEGINNING = Date.parse('2026-11-20T04:50:00.000Z')
export const TODAY = '2026-11-19'
export const ZONE = 'America/Bogota'

export const RUNNING = { state: 'running', by: 'system:simulation', at: '2026-11-01T00:00:00.000Z', why: null }

/** The organisation and its two ad accounts, as Settings leaves them. */
export async function foundOrganisation(db: Firestore, store: Store, platforms: readonly PlatformKey[]): Promise<void> {
  await db.doc(`orgs/${ORG}`).set({
    ...{ id: ORG, name: 'Andes', locale: 'es', currency: 'USD', timeZone: ZONE, dailyCap: null },
    ...{ schemaVersion: 1, version: 0, auditHash: '' },
    ...{ createdAt: '2026-11-01T00:00:00.000Z', updatedAt: '2026-11-01T00:00:00.000Z' },
  })
  const entity = { schemaVersion: 1, version: 0, auditHash: '', createdAt: RUNNING.at, updatedAt: RUNNING.at }
  await db.doc('control/global').set(RUNNING)
  await db.doc(`orgs/${ORG}/control/switch`).set({ ...entity, id: 'switch', ...RUNNING })
  await store.transact(ORG, CAUSE, async (tx) => {
    for (const platform of platforms)
      tx.record(
        'connections',
        {
          ...{ id: platform, platform, accountId: `act-${platform}`, accountName: platform, currency: 'USD' },
          ...{ timeZone: ZONE, settings: {}, tokenLast4: '6789', secret: `ads-${platform}` },
          ...{ status: 'ok' as const, checkedAt: null, lastError: null },
        },
        undefined,
        { action: 'connection.saved' },
      )
  })
}

/** An open job with somebody's mail address in its text. */
export async function openJob(store: Store, id: string): Promise<void> {
  await store.transact(ORG, CAUSE, async (tx) => {
    tx.record('jobs', { ...JOB, id, externalId: id }, undefined, { action: 'job.created' })
  })
}

const JOB = {
  ...{ ref: 'JOB-0001', source: 'manual', title: 'Backend', company: 'Andes', department: null },
  description: `Write to ${CANARY_MAIL}`,
  places: [{ text: 'Bogotá', city: 'Bogotá', country: 'CO' }],
  ...{ remote: null, employmentType: null, experienceLevel: null, educationLevel: null, skills: [], salary: null },
  applyUrl: 'https://jobs.example.com/1',
  ...{ language: 'es', postedAt: null, closesOn: null, group: null, extra: '{}', status: 'open' as const },
  ...{ closedReason: null, closedAt: null, expiresAt: null, sourceStamp: null, rawHash: 'x', tombstone: false },
  correlationId: 'simulation',
  totals: { campaigns: 0, applications: 0 },
}
