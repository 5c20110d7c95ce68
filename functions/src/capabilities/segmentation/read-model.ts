import { DomainError, notFound } from '#domain/errors.ts'
import { Id } from '#domain/ids.ts'
import type { Model, TrainingState } from '#domain/segment.ts'
import type { SegmentedProfile } from '#domain/segmentation/features.ts'
import { labeller, readPayload } from '#domain/segmentation/model-payload.ts'
import type { Store } from '#functions/ports/store.ts'

/** Where an organisation's training stands; the document's id. */
export const STATE = 'state'

export const NO_TRAINING: Omit<TrainingState, 'schemaVersion'> = {
  id: STATE,
  current: null,
  candidatesAtTraining: 0,
  readAt: null,
  assignedModel: null,
  lastDecision: null,
}

export interface Label {
  segment: string
  model: string
  distance: number
}

export interface Labelling {
  model: Model
  label: (profile: SegmentedProfile) => Label
}

export function labelling(model: Model): Labelling {
  const nearest = labeller(readPayload(model.payload))
  return {
    model,
    label: (profile) => {
      const { cluster, distance } = nearest(profile)
      const segment = model.segments[cluster]
      if (segment === undefined) throw new Error(`The model ${model.id} has no segment for its cluster ${cluster}`)
      return { segment, model: model.id, distance }
    },
  }
}

/** A version never changes once written, so each process reads it once. */
const known = new WeakMap<Store, Map<string, Labelling>>()
const MOST_KNOWN = 50

async function readVersion(store: Store, org: string, version: string): Promise<Labelling | undefined> {
  const read = known.get(store) ?? new Map<string, Labelling>()
  known.set(store, read)
  const key = `${org}/${version}`
  const cached = read.get(key)
  if (cached) return cached
  const model = await store.get(org, 'models', version)
  if (!model) return undefined
  const found = labelling(model)
  if (read.size >= MOST_KNOWN) read.clear()
  read.set(key, found)
  return found
}

/** The model that labels candidates now; null before the first training. */
export async function currentModel(store: Store, org: string): Promise<Labelling | null> {
  const state = await store.get(org, 'training', STATE)
  return state?.current ? ((await readVersion(store, org, state.current)) ?? null) : null
}

/** A named version, else the current one. Throws `not_found`, or `illegal_state` where nothing was trained yet. */
export async function demandModel(store: Store, org: string, version?: string): Promise<Labelling> {
  if (version !== undefined) {
    const found = Id.safeParse(version).success ? await readVersion(store, org, version) : undefined
    if (!found) throw notFound('model', version)
    return found
  }
  const current = await currentModel(store, org)
  if (!current)
    throw new DomainError('illegal_state', 'No model has been trained yet', {
      remedy: 'Train one: POST /v1/models/train, or "adflux ml train".',
    })
  return current
}
