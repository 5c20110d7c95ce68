import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { steer } from './steer.ts'

const RUNNING = ['SCHEDULED', 'PENDING', 'PROCESSING', 'ACTIVE', 'PARTIAL'] as const

/** Every running campaign of a closed job is paused; returns how many were. A second delivery finds none. */
export async function pauseForJob(
  ports: Pick<Ports, 'store' | 'tasks' | 'clock'>,
  org: string,
  cause: Cause,
  jobId: string,
): Promise<number> {
  const { items } = await ports.store.list(org, 'campaigns', { where: { jobId, status: [...RUNNING] }, limit: 200 })
  for (const campaign of items)
    await steer(ports, org, cause, campaign.id, 'pause', { code: 'job_closed', message: campaign.jobRef })
  return items.length
}
