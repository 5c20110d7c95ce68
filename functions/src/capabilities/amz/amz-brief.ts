import type { AmzCampaign } from '#domain/amz-campaign.ts'
import type { Connection } from '#domain/connection.ts'
import { adDay, addDays } from '#domain/time.ts'
import type { Brief } from '#functions/ports/index.ts'

const DAYS = 30
const HEADLINE = 40

/**
 * What the platform's plan is made from. There is no job and no page to lead to, so that only the plan's campaign may be made of it,
 * never an ad. It runs for thirty days from the day on which it is sent.
 */
export function amzBrief(org: string, amz: AmzCampaign, { currency, timeZone }: Connection, now: Date): Brief {
  const startsOn = adDay(now, timeZone)
  const kept = { id: amz.id, schemaVersion: 1 as const, version: 0, auditHash: '', createdAt: amz.createdAt }
  const common = { ...kept, updatedAt: amz.createdAt, correlationId: amz.correlationId }
  return {
    ...{ org, segments: [], dailyBudget: amz.budget, clickUrl: '', image: null, timeZone },
    campaign: {
      ...common,
      ...{ ref: 'AMZ', name: amz.name, jobId: amz.id, jobRef: '', jobTitle: amz.name, platforms: ['amazon-ads'] },
      ...{ dailyBudget: { minor: amz.budget.minor, currency }, startsOn, endsOn: addDays(startsOn, DAYS - 1) },
      ...{ countries: [], segments: [], status: 'PENDING', reason: null, createdBy: '', totals: null, months: {} },
      ...{ split: {}, pending: null, reach: {}, received: 0, syncedAt: null },
      creative: {
        ...{ primaryText: amz.name, headline: amz.name.slice(0, HEADLINE), description: '', image: null, url: '' },
        copyBy: 'person',
      },
    },
    job: {
      ...common,
      ...{ ref: '', source: 'amz', externalId: amz.id, title: amz.name, company: null, department: null },
      ...{ description: amz.keywords, places: [], remote: null, employmentType: null, experienceLevel: null },
      ...{ educationLevel: null, skills: [], salary: null, applyUrl: null, language: null, postedAt: null },
      ...{ closesOn: null, group: null, extra: '{}', status: 'open', closedReason: null, closedAt: null },
      ...{ expiresAt: null, sourceStamp: null, rawHash: '', tombstone: false },
      totals: { campaigns: 0, applications: 0 },
    },
  }
}
