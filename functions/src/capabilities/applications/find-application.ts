import type { Application, Stage } from '#domain/candidate.ts'
import type { Document } from '#domain/documents.ts'
import { notFound } from '#domain/errors.ts'
import { Id, isRef } from '#domain/ids.ts'
import type { Page, Store } from '#functions/ports/store.ts'

const SINGULAR = {
  applications: 'application',
  jobs: 'job',
  candidates: 'candidate',
  campaigns: 'campaign',
} as const
type Referred = keyof typeof SINGULAR

/** By id or ref. Throws `not_found`. */
export async function named<K extends Referred>(
  store: Store,
  org: string,
  kind: K,
  name: string,
): Promise<Document<K>> {
  const found = isRef(kind, name)
    ? (await store.list(org, kind, { where: { ref: name } as never, limit: 1 })).items[0]
    : Id.safeParse(name).success
      ? await store.get(org, kind, name)
      : undefined
  if (!found) throw notFound(SINGULAR[kind], name)
  return found
}

/** Each by id or ref. */
export interface ApplicationFilter {
  job?: string | undefined
  candidate?: string | undefined
  campaign?: string | undefined
  stage?: Stage | undefined
}

/** The newest application first. Throws `not_found` for a job, candidate or campaign that is not there. */
export async function listApplications(
  { store }: { store: Store },
  org: string,
  { job, candidate, campaign, stage }: ApplicationFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Application>> {
  const [jobId, candidateId, campaignId] = await Promise.all([
    job === undefined ? undefined : named(store, org, 'jobs', job).then(({ id }) => id),
    candidate === undefined ? undefined : named(store, org, 'candidates', candidate).then(({ id }) => id),
    campaign === undefined ? undefined : named(store, org, 'campaigns', campaign).then(({ id }) => id),
  ])
  return store.list(org, 'applications', {
    where: {
      ...(jobId && { jobId }),
      ...(candidateId && { candidateId }),
      ...(campaignId && { campaignId }),
      ...(stage && { stage }),
    },
    orderBy: ['appliedAt', 'desc'],
    limit: page.limit,
    ...(page.cursor && { cursor: page.cursor }),
  })
}
