import type { Firestore } from '@google-cloud/firestore'
import { ACTIONS } from '#domain/actor.ts'
import { SWITCH_ID, Switch, SwitchState } from '#domain/kill-switch.ts'
import { ApiKey } from '#domain/machinery.ts'
import { Member, Org } from '#domain/org.ts'
import { describeKey } from '#functions/lib/api-key.ts'
import type { LocalAccess } from './local-users.ts'

const ORGS = [
  { id: 'demo', name: 'Talento Andes', locale: 'es', currency: 'USD', timeZone: 'America/Bogota' },
  { id: 'acme', name: 'Acme Staffing', locale: 'en', currency: 'EUR', timeZone: 'Europe/Madrid' },
] as const
const KEY_DAYS = 3650

/** Both organisations with their members and one API key each. Whatever exists already stays as it is. */
export async function openOrganisations(db: Firestore, { users, apiKeys }: LocalAccess): Promise<void> {
  const now = new Date()
  const at = now.toISOString()
  const entity = { schemaVersion: 1 as const, version: 1, auditHash: '', createdAt: at, updatedAt: at }
  const running = SwitchState.parse({ state: 'running', by: 'system:provision', at, why: null })
  const installation = db.doc('control/global')
  if (!(await installation.get()).exists) await installation.create(running)
  for (const org of ORGS) {
    const ref = db.doc(`orgs/${org.id}`)
    if ((await ref.get()).exists) continue
    const batch = db.batch()
    batch.create(ref, Org.parse({ ...entity, ...org, dailyCap: null }))
    batch.create(ref.collection('control').doc(SWITCH_ID), Switch.parse({ ...entity, id: SWITCH_ID, ...running }))
    for (const { uid, email, role } of users.filter((user) => user.org === org.id))
      batch.create(
        ref.collection('members').doc(uid),
        Member.parse({ ...entity, id: uid, email, role, claimsVersion: 1, active: true }),
      )
    const key = ApiKey.parse({
      ...describeKey(apiKeys[org.id] ?? ''),
      schemaVersion: 1,
      name: 'Local stack',
      scopes: [...ACTIONS],
      createdAt: at,
      // Far beyond any advance of the shared clock in a test.
      expiresAt: new Date(now.getTime() + KEY_DAYS * 86_400_000).toISOString(),
      revokedAt: null,
    })
    batch.create(ref.collection('apiKeys').doc(key.id), key)
    await batch.commit()
  }
}
