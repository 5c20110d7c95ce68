import type { Firestore } from '@google-cloud/firestore'

/** What the demo data may use: the documents, who may sign in, and whether only the organisations are wanted. */
export type DemoContext = {
  db: Firestore
  empty: boolean
  users: { uid: string; email: string; role: string; org: string }[]
  apiKeys: Record<string, string>
  sandboxUrl: string
  say: (line: string) => void
}

const ORGS = [
  { id: 'demo', name: 'Demo Talento', locale: 'es', currency: 'COP', timeZone: 'America/Bogota' },
  { id: 'acme', name: 'Acme Staffing', locale: 'en', currency: 'USD', timeZone: 'America/New_York' },
]

/** Both organisations with their members. Whatever exists already stays as it is. */
export async function loadDemo({ db, users }: DemoContext): Promise<void> {
  const now = new Date().toISOString()
  const entity = { schemaVersion: 1, version: 0, auditHash: '', createdAt: now, updatedAt: now }
  for (const org of ORGS) {
    const ref = db.doc(`orgs/${org.id}`)
    if ((await ref.get()).exists) continue
    const batch = db.batch()
    batch.create(ref, { ...entity, ...org, dailyCap: null })
    for (const { uid, email, role } of users.filter((user) => user.org === org.id)) {
      batch.create(ref.collection('members').doc(uid), {
        ...entity,
        id: uid,
        email,
        role,
        claimsVersion: 1,
        active: true,
      })
    }
    await batch.commit()
  }
}
