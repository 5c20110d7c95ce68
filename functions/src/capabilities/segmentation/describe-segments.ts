import type { Candidate } from '#domain/candidate.ts'
import type { SegmentEvidence } from '#domain/segment.ts'
import { evidenceOf, populationOf } from '#domain/segmentation/evidence.ts'
import { continuedSegments } from '#domain/segmentation/identity.ts'
import { type Name, nameSegments } from '#domain/segmentation/naming.ts'
import { sha256 } from '#functions/lib/hash.ts'
import type { Labelling } from './read-model.ts'

export interface Described {
  id: string
  name: Name
  evidence: SegmentEvidence
}

/** Who the clusters of a new model are: which segments they continue, what sets them apart, what they are called. */
export function describeSegments(
  version: string,
  k: number,
  candidates: readonly Candidate[],
  labels: readonly number[],
  earlier: Labelling | null,
): Described[] {
  const continued = earlier
    ? continuedSegments(
        labels,
        k,
        candidates.map((candidate) => earlier.label(candidate).segment),
      )
    : []
  const population = populationOf(candidates)
  const segments = Array.from({ length: k }, (_, cluster) => {
    const members = candidates.filter((_, i) => labels[i] === cluster)
    return { members, evidence: evidenceOf(members, population) }
  })
  const names = nameSegments(segments)
  return segments.map(({ evidence }, cluster) => ({
    id: continued[cluster] ?? `seg_${sha256(`${version}/${cluster}/${candidates[0]?.id}`).slice(0, 20)}`,
    name: names[cluster] ?? { es: `Segmento ${cluster + 1}`, en: `Segment ${cluster + 1}` },
    evidence,
  }))
}
