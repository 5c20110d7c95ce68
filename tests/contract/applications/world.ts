import { createCandidate } from '#functions/capabilities/candidates/create-candidate.ts'
import { clickSecretName, signClick } from '#functions/lib/click-token.ts'
import { CAUSE, memorySecrets } from '#tests/support/world.ts'
import { candidateWorld, ORG } from '../candidates/world.ts'

export const PHONE_BROWSER = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36'

/** An organisation with one running campaign for one opening, and one candidate. */
export async function adWorld() {
  const world = await candidateWorld()
  const secrets = memorySecrets()
  await secrets.set(clickSecretName(ORG), 'the secret of this organisation')
  const job = await addJob(world.store, 'job_a', 'JOB-0001', 'https://jobs.example.com/a?lang=es#form')
  await addJob(world.store, 'job_b', 'JOB-0002', 'https://jobs.example.com/b')
  const campaign = await addCampaign(world.store, 'cmp_a', 'job_a', 'https://jobs.example.com/a?lang=es#form')
  const candidate = await createCandidate(world, ORG, CAUSE, { skills: ['SQL'] })
  const target = { org: ORG, campaignId: campaign.id, platform: 'meta', jobId: job.id }
  return {
    ...world,
    ...{ secrets, job, campaign, candidate, target },
    link: signClick(target, 'the secret of this organisation'),
    received: async () => (await world.store.get(ORG, 'campaigns', campaign.id))?.received,
    totals: async () => (await world.store.get(ORG, 'jobs', job.id))?.totals,
    clicks: async () => (await world.store.list(ORG, 'clicks', { limit: 100 })).items,
  }
}
export type AdWorld = Awaited<ReturnType<typeof adWorld>>

type Store = Awaited<ReturnType<typeof candidateWorld>>['store']

export const addJob = (store: Store, id: string, ref: string, applyUrl: string | null) =>
  store.transact(ORG, CAUSE, async (tx) =>
    tx.record(
      'jobs',
      {
        ...{ id, ref, externalId: id, title: 'Analista', company: 'Talvia', department: null, description: '' },
        ...{ places: [], remote: null, employmentType: null, experienceLevel: null, educationLevel: null, skills: [] },
        ...{ salary: null, applyUrl, language: 'es', postedAt: null, closesOn: null, group: null, extra: '{}' },
        ...{ source: 'manual', status: 'open', closedReason: null, closedAt: null, expiresAt: null, sourceStamp: null },
        ...{ rawHash: '', tombstone: false, correlationId: 'test', totals: { campaigns: 1, applications: 0 } },
      },
      undefined,
      { action: 'job.created' },
    ),
  )

export const addCampaign = (store: Store, id: string, jobId: string, url: string) =>
  store.transact(ORG, CAUSE, async (tx) =>
    tx.record(
      'campaigns',
      {
        ...{ id, ref: 'CMP-0001', name: 'Analista', jobId, jobRef: 'JOB-0001', jobTitle: 'Analista' },
        ...{ platforms: ['meta'], dailyBudget: { minor: 2000, currency: 'USD' }, countries: ['CO'], segments: [] },
        ...{ startsOn: '2026-11-20', endsOn: '2026-12-20', status: 'ACTIVE', reason: null, createdBy: 'user:ana' },
        creative: { primaryText: 'x', headline: 'x', description: '', image: null, url, copyBy: 'template' },
        ...{
          split: {},
          pending: null,
          totals: null,
          months: {},
          reach: {},
          received: 0,
          syncedAt: null,
          correlationId: 'test',
        },
      },
      undefined,
      { action: 'campaign.created' },
    ),
  )
