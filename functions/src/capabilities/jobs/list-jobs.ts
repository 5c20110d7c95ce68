import type { Job } from '#domain/job.ts'
import type { Page, Store } from '#functions/ports/store.ts'

export interface JobFilter {
  status?: Job['status'] | undefined
  company?: string | undefined
  source?: string | undefined
}

/** Newest first. */
export function listJobs(
  { store }: { store: Store },
  org: string,
  filter: JobFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Job>> {
  const { status, company, source } = filter
  return store.list(org, 'jobs', {
    where: { ...(status && { status }), ...(company && { company }), ...(source && { source }) },
    orderBy: ['createdAt', 'desc'],
    limit: page.limit,
    ...(page.cursor && { cursor: page.cursor }),
  })
}
