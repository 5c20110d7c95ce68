import { DomainError } from '#domain/errors.ts'
import type { Job } from '#domain/job.ts'
import { clickSecretName, readVisit, verifyClick } from '#functions/lib/click-token.ts'
import type { Secrets } from '#functions/ports/index.ts'

/** Whose work an application is. */
export interface Credit {
  campaignId: string
  platform: string
  clickId: string
}

const refused = (message: string): DomainError =>
  new DomainError('invalid', `The click token ${message}`, {
    remedy: 'Send adflux_click as it came with the address, or leave clickToken out.',
    problems: [{ at: '/clickToken', message }],
  })

/** What a click token stands for. Throws `invalid` where we did not give it, or gave it for another job. */
export async function creditOf(secrets: Secrets, org: string, job: Job, token: string): Promise<Credit> {
  const visit = readVisit(token)
  const secret = visit?.org === org ? await secretOf(secrets, org) : undefined
  if (!visit || !secret || !verifyClick(token, secret)) throw refused('is not one of ours')
  if (visit.jobId !== job.id) throw refused(`is of another job than ${job.ref}`)
  const { campaignId, platform, clickId } = visit
  return { campaignId, platform, clickId }
}

async function secretOf(secrets: Secrets, org: string): Promise<string | undefined> {
  try {
    return await secrets.get(clickSecretName(org))
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unavailable') return undefined
    throw error
  }
}
