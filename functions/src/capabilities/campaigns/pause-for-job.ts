import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { steer } from './steer.ts'

/** What may cost money, now or later: an appeal sets a rejected ad going, a retry a failed one. */
const RUNNING = ['SCHEDULED', 'PENDING', 'PROCESSING', 'ACTIVE', 'PARTIAL', 'DRAINING', 'REJECTED', 'FAILED'] as const

/**
 * Pauses every campaign of a closed job that runs or may come to run. An event that is delivered again does nothing, nor does one that arrives after the job
 * was opened again: a recruiter's later word stands.
 */
export async function pauseForJob(
  ports: Pick<Ports, 'store' | 'tasks' | 'clock'>,
  org: string,
  cause: Cause,
  jobId: string,
  eventId: string,
): Promise<void> {
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof running>> = await running(ports, org, jobId, cursor)
    for (const { id, jobRef } of page.items)
      await steer(ports, org, cause, id, 'paused', { code: 'job_closed', message: jobRef }, async (tx, campaign) => {
        const job = await tx.get('jobs', campaign.jobId)
        const fresh = await tx.once(`pause_${campaign.id}`, eventId)
        return fresh && job?.status === 'closed'
      })
    cursor = page.next
  } while (cursor)
}

const running = ({ store }: Pick<Ports, 'store'>, org: string, jobId: string, cursor: string | null) =>
  store.list(org, 'campaigns', { where: { jobId, status: [...RUNNING] }, limit: 100, ...(cursor && { cursor }) })
