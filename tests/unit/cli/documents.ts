import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import type { Job } from '#domain/job.ts'

const kept = {
  schemaVersion: 1 as const,
  version: 1,
  createdAt: '2026-11-20T10:00:00.000Z',
  updatedAt: '2026-11-20T10:00:00.000Z',
}

/** Documents as the API answers them. */
export const aJob = (fields: Partial<Job> = {}): Partial<Job> => ({
  ...kept,
  id: 'job_1',
  ref: 'JOB-0001',
  externalId: 'a-1',
  source: 'manual',
  title: 'Data engineer',
  company: null,
  department: null,
  description: '',
  places: [{ text: 'Bogotá, Colombia', city: 'Bogotá', country: 'CO' }],
  remote: null,
  employmentType: null,
  experienceLevel: null,
  educationLevel: null,
  skills: ['SQL'],
  salary: { minMinor: 250_000_000, maxMinor: null, currency: 'COP', period: 'MONTH' },
  applyUrl: null,
  language: null,
  postedAt: null,
  closesOn: null,
  status: 'open',
  closedReason: null,
  closedAt: null,
  sourceStamp: null,
  rawHash: '',
  tombstone: false,
  correlationId: 'c',
  totals: { campaigns: 0, applications: 12_345 },
  ...fields,
})

export const aCampaign = (fields: Partial<Campaign> = {}): Partial<Campaign> => ({
  ...kept,
  id: 'cmp_1',
  ref: 'CMP-0001',
  name: 'Data engineer',
  jobId: 'job_1',
  jobRef: 'JOB-0001',
  jobTitle: 'Data engineer',
  platforms: ['meta'],
  dailyBudget: { minor: 2000, currency: 'USD' },
  split: {},
  pending: null,
  startsOn: '2026-11-20',
  endsOn: '2026-12-04',
  countries: ['CO'],
  segments: [],
  creative: {
    primaryText: 'Join',
    headline: 'Data engineer',
    description: '',
    image: null,
    url: 'https://acme.example/7',
    copyBy: 'template',
  },
  status: 'DRAFT',
  reason: null,
  createdBy: 'api-key:k',
  totals: null,
  months: {},
  reach: {},
  received: 0,
  syncedAt: null,
  correlationId: 'c',
  ...fields,
})

type State = Pick<Channel, 'status' | 'reason' | 'desired'>

/** A campaign in full, with one channel of the same state. */
export const inFull = (
  status: State['status'],
  reason: State['reason'] = null,
  desired: State['desired'] = 'active',
) => ({
  campaign: aCampaign({ status, reason }),
  channels: [
    {
      ...kept,
      id: 'cmp_1/meta',
      campaignId: 'cmp_1',
      platform: 'meta',
      accountId: '77',
      status,
      reason,
      desired,
      confirmed: 'unknown',
      steps: [],
    },
  ],
})
