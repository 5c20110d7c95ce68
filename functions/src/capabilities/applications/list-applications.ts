import type { Application, Stage } from '#domain/candidate.ts'
import type { Page, Store } from '#functions/ports/store.ts'

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
    job === undefined ? undefined : store.find(org, 'jobs', job).then(({ id }) => id),
    candidate === undefined ? undefined : store.find(org, 'candidates', candidate).then(({ id }) => id),
    campaign === undefined ? undefined : store.find(org, 'campaigns', campaign).then(({ id }) => id),
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
