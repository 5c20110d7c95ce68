import { notFound } from '#domain/errors.ts'
import { Id, isRef } from '#domain/ids.ts'
import type { Job } from '#domain/job.ts'
import type { Page, Store } from '#functions/ports/store.ts'

/** A job by id or ref. Throws `not_found`. */
export async function findJob({ store }: { store: Store }, org: string, name: string): Promise<Job> {
  const found = isRef('jobs', name)
    ? (await store.list(org, 'jobs', { where: { ref: name }, limit: 1 })).items[0]
    : Id.safeParse(name).success
      ? await store.get(org, 'jobs', name)
      : undefined
  if (!found) throw notFound('job', name)
  return found
}

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
