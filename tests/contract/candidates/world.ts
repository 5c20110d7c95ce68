import { freshWorld } from '#tests/support/world.ts'

export const ORG = 'org-1'

/** An organisation on the emulator, with what stands in its audit. */
export async function candidateWorld() {
  const world = freshWorld()
  const at = world.clock.now().toISOString()
  await world.db.doc(`orgs/${ORG}`).set({
    ...{ id: ORG, schemaVersion: 1, version: 0, auditHash: '', createdAt: at, updatedAt: at },
    ...{ name: 'Test', locale: 'es', currency: 'COP', timeZone: 'America/Bogota', dailyCap: null },
  })
  /** Actions on an entity, oldest first. */
  const audit = async (path: string): Promise<string[]> => {
    const entries = await world.db.collection(`orgs/${ORG}/${path}/audit`).orderBy('seq').get()
    return entries.docs.map((doc) => String(doc.get('action')))
  }
  /** Everything that is stored below a path, as one text. */
  const dump = async (kind: string): Promise<string> => {
    const found = await world.db.collection(`orgs/${ORG}/${kind}`).get()
    const audits = await Promise.all(found.docs.map((doc) => doc.ref.collection('audit').get()))
    return JSON.stringify([found, ...audits].flatMap(({ docs }) => docs.map((doc) => doc.data())))
  }
  return { ...world, audit, dump }
}
export type CandidateWorld = Awaited<ReturnType<typeof candidateWorld>>
