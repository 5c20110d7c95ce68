import type { Campaign } from '#domain/campaign.ts'
import type { Job } from '#domain/job.ts'
import type { Segment, Trait } from '#domain/segment.ts'
import type { Brief } from '#functions/ports/index.ts'
import type { Subject } from './subject.ts'

const ENTITY = {
  schemaVersion: 1 as const,
  version: 1,
  auditHash: '',
  createdAt: '2026-11-20T15:00:00.000Z',
  updatedAt: '2026-11-20T15:00:00.000Z',
}

const trait = (value: string): Trait => ({ value, share: 0.6, overall: 0.2, lift: 3 })

export const segment = (id: string, skills: string[], cities: string[]): Segment => ({
  ...ENTITY,
  id,
  name: { es: id, en: id },
  model: 'v1',
  cluster: 0,
  active: true,
  evidence: {
    size: 50,
    share: 0.5,
    skills: skills.map(trait),
    places: cities.map((city) => ({ ...trait(city), city, country: 'CO' })),
    education: [trait('master')],
    yearsExperience: 4,
    desiredSalaryMinor: null,
    currency: null,
    salaryPeriod: null,
  },
})

const JOB: Job = {
  ...ENTITY,
  id: 'job_1',
  ref: 'JOB-0001',
  source: 'manual',
  externalId: 'job_1',
  title: 'Desarrolladora backend',
  company: 'Andes',
  department: null,
  description: 'APIs',
  places: [{ text: 'Bogotá', city: 'Bogotá', country: 'CO' }],
  remote: null,
  employmentType: null,
  experienceLevel: null,
  educationLevel: null,
  skills: ['Node.js', 'SQL'],
  salary: null,
  applyUrl: 'https://jobs.example.com/1',
  language: 'es',
  postedAt: null,
  closesOn: null,
  group: null,
  extra: '{}',
  status: 'open',
  closedReason: null,
  closedAt: null,
  expiresAt: null,
  sourceStamp: null,
  rawHash: 'x',
  tombstone: false,
  correlationId: 'test',
  totals: { campaigns: 0, applications: 0 },
}

const CAMPAIGN: Campaign = {
  ...ENTITY,
  id: 'cmp_1',
  ref: 'CMP-0001',
  name: 'Desarrolladora backend',
  jobId: 'job_1',
  jobRef: 'JOB-0001',
  jobTitle: 'Desarrolladora backend',
  platforms: ['meta'],
  dailyBudget: { minor: 2000, currency: 'USD' },
  split: {},
  pending: null,
  startsOn: '2026-11-20',
  endsOn: '2026-12-20',
  countries: ['CO'],
  segments: [],
  creative: {
    primaryText: 'Andes busca: Desarrolladora backend. Bogotá. Conoce la vacante y postúlate.',
    headline: 'Desarrolladora backend',
    description: 'Bogotá',
    image: null,
    url: 'https://jobs.example.com/1',
    copyBy: 'template',
  },
  status: 'DRAFT',
  reason: null,
  createdBy: 'test',
  totals: null,
  months: {},
  reach: {},
  received: 0,
  syncedAt: null,
  correlationId: 'test',
}

interface Changes {
  campaign?: Partial<Campaign>
  job?: Partial<Job>
  segments?: Segment[]
}

/** What a plan is made from: a job in Bogotá, 20 dollars a day for a month, unless it says otherwise. */
export function briefFor({ key, connection }: Subject, { campaign, job, segments = [] }: Changes = {}): Brief {
  const whole: Campaign = { ...CAMPAIGN, platforms: [key], ...campaign, segments: segments.map(({ id }) => id) }
  return {
    org: 'andes',
    campaign: whole,
    job: { ...JOB, ...job },
    segments,
    dailyBudget: whole.dailyBudget,
    clickUrl: `https://click.example.com/c/${whole.id}`,
    image: null,
    timeZone: connection.timeZone,
  }
}
