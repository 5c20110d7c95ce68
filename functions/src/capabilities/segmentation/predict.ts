import type { Candidate } from '#domain/candidate.ts'
import { evidenceOf, populationOf } from '#domain/segmentation/evidence.ts'
import { countValues } from '#domain/segmentation/normal.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Store } from '#functions/ports/store.ts'
import { readCandidates } from './read-candidates.ts'
import { currentModel, demandModel, type Label, STATE } from './read-model.ts'
import { writeMemberships } from './write-memberships.ts'

export interface Prediction {
  model: string
  assigned: number
  /** Candidates that were moved; an earlier model moves nobody. */
  changed: number
  segments: { id: string; size: number }[]
  /** Candidate -> segment; given for an earlier model alone, whose labels are written nowhere. */
  labels: Record<string, string> | null
}

/**
 * Labels every candidate. With the current model the memberships and the segments' evidence are brought up to date; an earlier
 * version gives the labels that it gave when it was current, and writes nothing.
 */
export async function predictAll(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  version?: string,
): Promise<Prediction> {
  const { model, label } = await demandModel(store, org, version)
  const current = (await currentModel(store, org))?.model.id === model.id
  const candidates = await readCandidates(store, org)
  const labelled = candidates.map((candidate) => ({ candidate, label: label(candidate) }))
  const sizes = countValues(labelled.map(({ label: { segment } }) => segment))
  return {
    model: model.id,
    assigned: labelled.length,
    changed: current ? await settle(store, org, cause, model.id, labelled) : 0,
    segments: model.segments.map((id) => ({ id, size: sizes.get(id) ?? 0 })),
    labels: current
      ? null
      : Object.fromEntries(labelled.map(({ candidate, label: { segment } }) => [candidate.id, segment])),
  }
}

type Labelled = { candidate: Candidate; label: Label }

async function settle(
  store: Store,
  org: string,
  cause: Cause,
  model: string,
  labelled: readonly Labelled[],
): Promise<number> {
  const changed = await writeMemberships(store, org, cause, labelled)
  const population = populationOf(labelled.map(({ candidate }) => candidate))
  const members = Map.groupBy(labelled, ({ label: { segment } }) => segment)
  await store.transact(org, cause, async (tx) => {
    const state = await tx.get('training', STATE)
    if (state?.current !== model) return
    const segments = await tx.find('segments', { where: { active: true }, limit: 500 })
    for (const { id, evidence } of segments) {
      const now = evidenceOf(
        (members.get(id) ?? []).map(({ candidate }) => candidate),
        population,
      )
      if (JSON.stringify(now) !== JSON.stringify(evidence)) tx.measure('segments', id, { evidence: now })
    }
    if (state.assignedModel !== model) tx.put('training', { ...state, assignedModel: model })
  })
  return changed
}

export interface OneLabel extends Label {
  candidate: string
  name: { es: string; en: string } | null
}

/** Labels one candidate and writes nothing. Throws `not_found` for a model that is not there. */
export async function predictOne(
  { store }: Pick<Ports, 'store'>,
  org: string,
  candidate: Candidate,
  version?: string,
): Promise<OneLabel> {
  const { label } = await demandModel(store, org, version)
  const found = label(candidate)
  const segment = await store.get(org, 'segments', found.segment)
  return { candidate: candidate.id, ...found, name: segment?.name ?? null }
}
