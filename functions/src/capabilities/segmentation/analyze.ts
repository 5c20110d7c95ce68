import type { SegmentEvidence } from '#domain/segment.ts'
import { evidenceOf, populationOf } from '#domain/segmentation/evidence.ts'
import type { Ports } from '#functions/ports/index.ts'
import { readCandidates } from './read-candidates.ts'
import { demandModel } from './read-model.ts'

export interface Analysis {
  model: string
  candidates: number
  /** Candidates that are in no segment yet. */
  unassigned: number
  segments: { id: string; name: { es: string; en: string }; evidence: SegmentEvidence }[]
}

/** Who is in each segment now, largest first; shares are of all candidates. Writes nothing. Throws `illegal_state` before a training. */
export async function analyze({ store }: Pick<Ports, 'store'>, org: string): Promise<Analysis> {
  const { model } = await demandModel(store, org)
  const [candidates, segments] = await Promise.all([
    readCandidates(store, org),
    store.list(org, 'segments', { where: { active: true }, limit: 500 }),
  ])
  const population = populationOf(candidates)
  const members = Map.groupBy(candidates, ({ segment }) => segment)
  const described = segments.items.map(({ id, name }) => ({
    id,
    name,
    evidence: evidenceOf(members.get(id) ?? [], population),
  }))
  const assigned = described.reduce((sum, { evidence }) => sum + evidence.size, 0)
  return {
    model: model.id,
    candidates: candidates.length,
    unassigned: candidates.length - assigned,
    segments: described.sort((a, b) => b.evidence.size - a.evidence.size || (a.id < b.id ? -1 : 1)),
  }
}
