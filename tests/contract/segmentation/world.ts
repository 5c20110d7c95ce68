import type { Candidate } from '#domain/candidate.ts'
import { mlKmeans } from '#functions/adapters/ml-kmeans/clusterer.ts'
import { importCandidates } from '#functions/capabilities/candidates/import-candidates.ts'
import { CAUSE, freshWorld } from '#tests/support/world.ts'
import { file } from './people.ts'

export const ORG = 'org-1'

/** An organisation on the emulator that candidates are imported into. */
export async function segmentationWorld() {
  const world = freshWorld()
  const at = world.clock.now().toISOString()
  await world.db.doc(`orgs/${ORG}`).set({
    ...{ id: ORG, schemaVersion: 1, version: 0, auditHash: '', createdAt: at, updatedAt: at },
    ...{ name: 'Test', locale: 'es', currency: 'COP', timeZone: 'America/Bogota', dailyCap: null },
  })
  const ports = { ...world, clusterer: mlKmeans() }
  const candidates = async (): Promise<Candidate[]> => (await world.store.list(ORG, 'candidates', { limit: 500 })).items
  return {
    ...ports,
    bring: (...groups: Record<string, unknown>[][]) => importCandidates(ports, ORG, CAUSE, file(groups.flat())),
    candidates,
    /** Candidate -> segment. */
    segments: async () => Object.fromEntries((await candidates()).map(({ id, segment }) => [id, segment])),
    state: () => world.store.get(ORG, 'training', 'state'),
  }
}
export type SegmentationWorld = Awaited<ReturnType<typeof segmentationWorld>>
