import type { Candidate } from '#domain/candidate.ts'
import type { Model } from '#domain/segment.ts'
import { encode, fitEncoder } from '#domain/segmentation/encoder.ts'
import { labeller, storedCentroids, writePayload } from '#domain/segmentation/model-payload.ts'
import { nearest } from '#domain/segmentation/nearest.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Store } from '#functions/ports/store.ts'
import { assignCandidates } from './assign-candidates.ts'
import { clusterRows, demandClusters } from './cluster-rows.ts'
import { describeSegments } from './describe-segments.ts'
import { publishModel } from './publish-model.ts'
import { readCandidates } from './read-candidates.ts'
import { currentModel, STATE } from './read-model.ts'
import { writeMemberships } from './write-memberships.ts'

const DEFAULT_CLUSTERS = 5
const DEFAULT_SEED = 42
/** Rows that one training clusters; of more candidates an even sample is taken, and all of them are labelled. */
const MOST_ROWS = 10_000

export interface TrainingInput {
  clusters?: number | undefined
  seed?: number | undefined
}

export interface TrainingResult {
  version: string
  k: number
  n: number
  inertia: number
  engine: Model['engine']
  segments: { id: string; name: { es: string; en: string }; size: number }[]
  /** Candidates that are in another segment than before. */
  changed: number
}

type Needs = Pick<Ports, 'store' | 'clusterer' | 'clock'>

/**
 * Trains a new model version on all candidates, names its segments and moves candidates into them. The same candidates, clusters and
 * seed give the same labels. Throws `unprocessable` where the candidates cannot make so many clusters, `conflict` where another
 * training ended meanwhile.
 */
export async function train(
  { store, clusterer, clock }: Needs,
  org: string,
  cause: Cause,
  { clusters: k = DEFAULT_CLUSTERS, seed = DEFAULT_SEED }: TrainingInput = {},
): Promise<TrainingResult> {
  const readAt = clock.now().toISOString()
  const earlier = await currentModel(store, org)
  const candidates = await readCandidates(store, org)
  const sample = evenly(candidates, MOST_ROWS)
  const encoder = fitEncoder(sample)
  const rows = sample.map(encode(encoder))
  demandClusters(rows, k)

  const clusters = await clusterRows(clusterer, rows, k, seed)
  const centroids = storedCentroids(clusters.centroids)
  const label = labeller({ encoder, centroids })
  const labels = candidates.map((candidate) => label(candidate).cluster)
  const version = nextVersion(earlier?.model.id)
  const described = describeSegments(version, k, candidates, labels, earlier)
  const model: Omit<Model, 'schemaVersion'> = {
    id: version,
    engine: clusters.engine,
    k,
    seed,
    n: sample.length,
    population: candidates.length,
    inertia: rows.reduce((sum, row) => sum + nearest(centroids, row).distance ** 2, 0),
    iterations: clusters.iterations,
    segments: described.map(({ id }) => id),
    trainedAt: clock.now().toISOString(),
    payload: writePayload({ encoder, centroids }),
  }
  await publishModel(store, org, cause, earlier?.model.id ?? null, model, described, readAt)
  const changed = await moveCandidates(store, org, cause, version, candidates, readAt)
  return {
    version,
    k,
    n: model.n,
    inertia: model.inertia,
    engine: model.engine,
    segments: described.map(({ id, name, evidence }) => ({ id, name, size: evidence.size })),
    changed,
  }
}

/** Spread over the whole list: it is in the order of ids, which say nothing of who a candidate is. */
const evenly = <T>(items: readonly T[], most: number): readonly T[] =>
  items.length <= most
    ? items
    : items.filter((_, i) => Math.floor((i * most) / items.length) !== Math.floor(((i - 1) * most) / items.length))

const nextVersion = (current: string | undefined): string => `v${Number(current?.slice(1) ?? 0) + 1}`

async function moveCandidates(
  store: Store,
  org: string,
  cause: Cause,
  version: string,
  candidates: readonly Candidate[],
  readAt: string,
): Promise<number> {
  const model = await currentModel(store, org)
  if (!model) throw new Error(`The model ${version} was not written`)
  const moved = await writeMemberships(
    store,
    org,
    cause,
    candidates.map((candidate) => ({ candidate, label: model.label(candidate) })),
  )
  // Whoever arrived while the training ran was labelled by the model before.
  const late = await assignCandidates({ store }, org, await arrivedSince(store, org, readAt), cause)
  await store.transact(org, cause, async (tx) => {
    const state = await tx.get('training', STATE)
    if (state?.current === version) tx.put('training', { ...state, assignedModel: version })
  })
  return moved + late.changed
}

async function arrivedSince(store: Store, org: string, instant: string): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await store.list(org, 'candidates', {
      orderBy: ['createdAt', 'desc'],
      limit: 100,
      ...(cursor && { cursor }),
    })
    const arrived = page.items.filter(({ createdAt }) => createdAt >= instant)
    ids.push(...arrived.map(({ id }) => id))
    cursor = arrived.length === page.items.length ? (page.next ?? undefined) : undefined
  } while (cursor)
  return ids
}
