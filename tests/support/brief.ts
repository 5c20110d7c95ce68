import type { Campaign } from '#domain/campaign.ts'
import type { Job } from '#domain/job.ts'
import type { Segment, Trait } from '#domain/segment.ts'
import type { Brief } from '#functions/ports/index.ts'

const AT = '2026-11-20T12:00:00.000Z'
const kept = { schemaVersion: 1 as const, version: 0, auditHash: '', createdAt: AT, updatedAt: AT }
const trait = (value: string): Trait => ({ value, share: 0.6, overall: 0.2, lift: 3 })

/** A segment known by its skills and cities. */
export const segmentOf = (id: string, skills: string[], cities: string[] = []): Segment => ({
  ...kept,
  ...{ id, name: { es: id, en: id }, model: 'v1', cluster: 0, active: true },
  evidence: {
    ...{ size: 50, share: 0.5, skills: skills.map(trait), places: cities.map((city) => ({ ...trait(city), city })) },
    ...{ education: [trait('master')], yearsExperience: 4, desiredSalaryMinor: null, currency: null },
    salaryPeriod: null,
  },
})

const job: Job = {
  ...kept,
  ...{ id: 'job_1', ref: 'JOB-0001', source: 'manual', externalId: '1', title: 'Desarrolladora backend' },
  ...{ company: 'Andes', department: null, description: 'APIs', places: [], remote: null, employmentType: null },
  ...{ experienceLevel: null, educationLevel: null, skills: [], salary: null, applyUrl: 'https://jobs.example.com/1' },
  ...{ language: 'es', postedAt: null, closesOn: null, group: null, extra: '{}', status: 'open', closedReason: null },
  ...{ closedAt: null, expiresAt: null, sourceStamp: null, rawHash: 'x', tombstone: false, correlationId: 'test' },
  totals: { campaigns: 0, applications: 0 },
}

/** What a plan is made from: a month from the tests' first day on. */
export function briefOf(more: Partial<Campaign> = {}, segments: Segment[] = []): Brief {
  const campaign: Campaign = {
    ...kept,
    ...{ id: 'cmp_1', ref: 'CMP-0001', name: 'Desarrolladora backend', jobId: job.id, jobRef: job.ref },
    ...{ jobTitle: job.title, platforms: ['amazon-ads'], dailyBudget: { minor: 2000, currency: 'USD' } },
    ...{ startsOn: '2026-11-20', endsOn: '2026-12-20', countries: ['US'], segments: segments.map(({ id }) => id) },
    creative: {
      ...{ primaryText: 'Únete a Andes', headline: 'Desarrolladora backend', description: '', image: null },
      ...{ url: 'https://jobs.example.com/1', copyBy: 'person' },
    },
    ...{ status: 'PENDING', reason: null, createdBy: 'ana', totals: null, months: {}, reach: {}, received: 0 },
    ...{ split: {}, pending: null, syncedAt: null, correlationId: 'test' },
    ...more,
  }
  return {
    ...{ org: 'andes', campaign, job, segments, dailyBudget: campaign.dailyBudget },
    ...{ clickUrl: 'https://click.example.com/c/1', image: null, timeZone: 'America/Bogota' },
  }
}
