import { z } from 'zod'
import type { Application } from '#domain/candidate.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import { Instant } from '#domain/time.ts'
import { sha256 } from '#functions/lib/hash.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { type Credit, creditOf } from './credit.ts'

/** As an ATS or a careers page sends it; job and candidate by id or ref. */
export const ApplicationInput = z
  .strictObject({
    job: z.string().min(1).max(128),
    candidate: z.string().min(1).max(128),
    source: z.string().trim().min(1).max(100).optional().meta({ description: 'Where it came from, in your words' }),
    clickToken: z
      .string()
      .max(1000)
      .optional()
      .meta({ description: '`adflux_click` of the address that the person applied at: credits the campaign' }),
    appliedAt: Instant.optional().meta({ description: 'Absent = now' }),
  })
  .meta({ id: 'ApplicationInput' })
export type ApplicationInput = z.infer<typeof ApplicationInput>

/** Where an application came from that nobody says more about. */
const UNKNOWN_SOURCE = 'direct'

/**
 * Takes one application and counts it for its job and, with a click of ours, for its campaign. A person applies to a job once: the
 * second time gives the first application, which a click told later still credits. Throws `not_found`, and `invalid` for a click token
 * that is not ours or of another job.
 */
export async function receiveApplication(
  { store, secrets }: Pick<Ports, 'store' | 'secrets'>,
  org: string,
  cause: Cause,
  input: ApplicationInput,
): Promise<{ application: Application; created: boolean }> {
  const [job, candidate] = await Promise.all([
    store.find(org, 'jobs', input.job),
    store.find(org, 'candidates', input.candidate),
  ])
  const credit = input.clickToken === undefined ? null : await creditOf(secrets, org, job, input.clickToken)
  const id = `app_${sha256(`${job.id}\n${candidate.id}`).slice(0, 20)}`
  const known = await store.get(org, 'applications', id)
  const [ref = ''] = known ? [known.ref] : await store.reserveRefs(org, 'applications', 1)

  return store.transact(org, cause, async (tx) => {
    const before = await tx.get('applications', id)
    if (before) return { application: await creditLate(tx, before, credit), created: false }
    const stored = await tx.get('jobs', job.id)
    if (!stored) throw notFound('job', job.id)
    await countForCampaign(tx, credit)
    tx.measure('jobs', job.id, { totals: { ...stored.totals, applications: stored.totals.applications + 1 } })
    const application = tx.record(
      'applications',
      {
        id,
        ref,
        jobId: job.id,
        candidateId: candidate.id,
        stage: 'applied',
        source: input.source ?? credit?.platform ?? UNKNOWN_SOURCE,
        campaignId: credit?.campaignId ?? null,
        clickId: credit?.clickId ?? null,
        appliedAt: input.appliedAt ? new Date(input.appliedAt).toISOString() : tx.now,
      },
      undefined,
      { action: 'application.received' },
    )
    tx.emit('application.received', [id])
    return { application, created: true }
  })
}

/** The first click counts; one that is told again, or after another, changes nothing. */
async function creditLate(tx: Transaction, before: Application, credit: Credit | null): Promise<Application> {
  if (!credit || before.campaignId !== null) return before
  await countForCampaign(tx, credit)
  const { campaignId, clickId, platform } = credit
  const source = before.source === UNKNOWN_SOURCE ? platform : before.source
  const action = { action: 'application.credited', why: 'its click was told later' }
  return tx.record('applications', { ...before, campaignId, clickId, source }, before, action)
}

async function countForCampaign(tx: Transaction, credit: Credit | null): Promise<void> {
  if (!credit) return
  const campaign = await tx.get('campaigns', credit.campaignId)
  if (!campaign)
    throw new DomainError('invalid', 'The click token names a campaign that is not there', {
      remedy: 'Leave clickToken out.',
      problems: [{ at: '/clickToken', message: 'its campaign is gone' }],
    })
  tx.measure('campaigns', campaign.id, { received: campaign.received + 1 })
}
