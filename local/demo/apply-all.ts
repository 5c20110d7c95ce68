import type { DemoCandidate, DemoJob } from '#domain/demo/generate.ts'
import type { DemoApi } from './demo-api.ts'

const STAGES = ['screening', 'interview', 'offer', 'hired', 'rejected']
const SOURCES = ['careers-page', 'referral', 'job-board']

interface Known {
  id: string
  externalId: string | null
}

/** Openings whose people apply at the same time; those of one opening come one after the other, because each counts for it. */
const AT_ONCE = 6

/** Every fourth person applies to the opening that their skills fit best; every other of those has come further than that. */
export async function applyAll(
  api: DemoApi,
  jobs: readonly DemoJob[],
  candidates: readonly DemoCandidate[],
): Promise<void> {
  const { items } = await api.get<{ items: unknown[] }>('/v1/applications?limit=1')
  if (items.length > 0) return
  const [jobIds, candidateIds] = [await idsOf(api, 'jobs'), await idsOf(api, 'candidates')]
  const wishes = candidates
    .filter((_, i) => i % 4 === 0)
    .flatMap((applicant, i) => {
      const job = jobIds.get(bestOf(jobs, applicant)?.externalId ?? '')
      const candidate = candidateIds.get(applicant.externalId)
      return job && candidate ? [{ i, job, candidate }] : []
    })
  const queues = [...Map.groupBy(wishes, ({ job }) => job).values()]
  const worker = async (): Promise<void> => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) for (const wish of queue) await apply(api, wish)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

async function apply(
  api: DemoApi,
  { i, job, candidate }: { i: number; job: string; candidate: string },
): Promise<void> {
  const source = SOURCES[i % SOURCES.length]
  const { id } = await api.post<{ id: string }>('/v1/applications', { job, candidate, source })
  const stage = STAGES[(i >> 1) % STAGES.length]
  if (i % 2) await api.post(`/v1/applications/${id}/move`, { stage })
}

function bestOf(jobs: readonly DemoJob[], { skills, place }: DemoCandidate): DemoJob | undefined {
  const points = (job: DemoJob): number =>
    job.skills.filter((skill) => skills.includes(skill)).length + (job.location.country === place?.country ? 0.5 : 0)
  return jobs.toSorted((a, b) => points(b) - points(a)).find((job) => points(job) >= 1)
}

async function idsOf(api: DemoApi, kind: 'jobs' | 'candidates'): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  let cursor: string | null = null
  do {
    const page: { items: Known[]; next: string | null } = await api.get(
      `/v1/${kind}?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    )
    for (const { id, externalId } of page.items) if (externalId) ids.set(externalId, id)
    cursor = page.next
  } while (cursor)
  return ids
}
