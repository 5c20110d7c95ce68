import { system } from '#domain/actor.ts'
import { context } from '#functions/lib/context.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { currentModel } from './read-model.ts'
import { writeMemberships } from './write-memberships.ts'

export interface Assigned {
  /** Candidates that the model labelled. */
  assigned: number
  /** Those among them that moved into another segment. */
  changed: number
}

const AT_ONCE = 400

/**
 * Labels these candidates with the current model, without a training. Before the first training nobody is assigned. Done twice it
 * changes nothing; an id that is not there is passed over.
 */
export async function assignCandidates(
  { store }: Pick<Ports, 'store'>,
  org: string,
  ids: readonly string[],
  cause: Cause = { actor: system('segmentation'), correlationId: context().correlationId },
): Promise<Assigned> {
  const model = await currentModel(store, org)
  const total: Assigned = { assigned: 0, changed: 0 }
  if (!model) return total
  const wanted = [...new Set(ids)]
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const found = await store.getAll(org, 'candidates', wanted.slice(from, from + AT_ONCE))
    const labelled = found.flatMap((candidate) => (candidate ? { candidate, label: model.label(candidate) } : []))
    total.assigned += labelled.length
    total.changed += await writeMemberships(store, org, cause, labelled)
  }
  return total
}
