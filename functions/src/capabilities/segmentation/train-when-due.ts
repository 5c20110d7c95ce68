import { DomainError } from '#domain/errors.ts'
import type { TrainingState } from '#domain/segment.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Store } from '#functions/ports/store.ts'
import { predictAll } from './predict.ts'
import { currentModel, NO_TRAINING, STATE } from './read-model.ts'
import { train } from './train.ts'

/** A training wants so many candidates at least, and then so many new ones, or this part of those it knew. */
const LEAST_CANDIDATES = 20
const ENOUGH_NEW = 50
const ENOUGH_PART = 0.1

type Needs = Pick<Ports, 'store' | 'clusterer' | 'clock'>

export interface Decision {
  trained: boolean
  reason: string
}

/**
 * Trains again where enough candidates are new since the last training, with as many clusters and the same seed; otherwise records why
 * not, and brings the segments' evidence up to date with whoever is new. Also finishes memberships that a training left unwritten.
 */
export async function trainWhenDue(ports: Needs, org: string, cause: Cause): Promise<Decision> {
  const { store } = ports
  const state = (await store.get(org, 'training', STATE)) ?? { ...NO_TRAINING, schemaVersion: 1 as const }
  const { fresh, ...due } = await dueOf(store, org, state)
  const decision = due.trained ? await attempt(ports, org, cause, due) : due
  const stale = fresh > 0 || state.assignedModel !== state.current
  if (state.current && stale && !decision.trained) await predictAll(ports, org, cause)
  await store.transact(org, cause, async (tx) => {
    const newest = (await tx.get('training', STATE)) ?? NO_TRAINING
    tx.put('training', { ...newest, lastDecision: { at: tx.now, ...decision } })
  })
  return decision
}

/** Reads no more candidates than decide the question. */
async function dueOf(store: Store, org: string, state: TrainingState): Promise<Decision & { fresh: number }> {
  const { readAt } = state
  const enough = readAt ? Math.min(ENOUGH_NEW, Math.ceil(state.candidatesAtTraining * ENOUGH_PART)) : LEAST_CANDIDATES
  const wanted = Math.max(enough, LEAST_CANDIDATES)
  const { items } = await store.list(org, 'candidates', { orderBy: ['createdAt', 'desc'], limit: wanted })
  const fresh = items.filter(({ createdAt }) => createdAt > (readAt ?? '')).length
  const decide = (trained: boolean, reason: string) => ({ trained, reason, fresh })
  if (items.length < LEAST_CANDIDATES)
    return decide(false, `${items.length} candidates: a training needs at least ${LEAST_CANDIDATES}`)
  if (!readAt) return decide(true, `first training, of at least ${LEAST_CANDIDATES} candidates`)
  return fresh >= enough
    ? decide(true, `at least ${enough} candidates are new since ${state.current}`)
    : decide(false, `${fresh} candidates are new since ${state.current}: ${enough} make it worth a training`)
}

/** What the candidates cannot give is a reason, not a fault: the next tick may find more of them. */
async function attempt(ports: Needs, org: string, cause: Cause, due: Decision): Promise<Decision> {
  const model = (await currentModel(ports.store, org))?.model
  try {
    const { version } = await train(ports, org, cause, model && { clusters: model.k, seed: model.seed })
    return { trained: true, reason: `${due.reason}: ${version}` }
  } catch (error) {
    if (error instanceof DomainError && ['unprocessable', 'conflict', 'too_large'].includes(error.code))
      return { trained: false, reason: error.message }
    throw error
  }
}
