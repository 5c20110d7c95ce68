import sdk from 'facebook-nodejs-business-sdk'
import { z } from 'zod'
import type { Usage } from '#domain/account-limits.ts'
import type { Connection } from '#domain/connection.ts'
import type { PlannedStep } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { fillIds, idsOf } from '#functions/lib/fill-ids.ts'
import type { AdPlatform, FoundObject, Made, PlatformState } from '#functions/ports/index.ts'
import { legible } from './failure.ts'
import { GraphApi } from './graph-api.ts'
import { reportStep } from './insights.ts'
import { planMeta } from './plan.ts'
import type { Sources } from './sources.ts'

const EVERY_STATUS = [
  'ACTIVE',
  'PAUSED',
  'ARCHIVED',
  'IN_PROCESS',
  'WITH_ISSUES',
  'CAMPAIGN_PAUSED',
  'ADSET_PAUSED',
  'PENDING_REVIEW',
  'DISAPPROVED',
]
/** What an update may carry; the rest is fixed when the object is made, and `status` is for `set` alone. */
const CHANGEABLE: Record<string, readonly string[]> = {
  campaign: ['name', 'daily_budget'],
  'ad-set': ['name', 'targeting', 'start_time', 'end_time', 'dsa_beneficiary', 'dsa_payor'],
  creative: ['name'],
  ad: ['name', 'creative'],
  audience: ['name'],
}
const Created = z.object({ id: z.coerce.string() })
const Listed = z.object({ id: z.coerce.string(), name: z.string(), created_time: z.string().catch('') })
const State = z.object({ status: z.string(), effective_status: z.string() })
const AdState = State.extend({ ad_review_feedback: z.record(z.string(), z.unknown()).nullish().catch(null) })
const Account = z.object({ name: z.string(), currency: z.string(), timezone_name: z.string() })
const Members = z.object({ audience: z.string(), segment: z.string() })
const MEMBERS_PER_CALL = 10_000
const ImageAnswer = z.object({ images: z.record(z.string(), z.object({ hash: z.string() })) })

type Cursor = Iterable<unknown>

export function metaPlatform(
  connection: Connection,
  token: string,
  sources: Sources,
  report?: (usage: Usage) => void,
  beforeChange?: () => Promise<void>,
): AdPlatform {
  const api = new GraphApi(token, report, beforeChange)
  const account = new sdk.AdAccount(`act_${connection.accountId}`, {}, undefined, api)
  const campaignOf = (made: Made) => new sdk.Campaign(made.campaign ?? '', {}, undefined, api)

  const create: Record<string, (payload: Record<string, unknown>) => Promise<unknown>> = {
    campaign: (payload) => account.createCampaign([], payload),
    'ad-set': (payload) => account.createAdSet([], payload),
    creative: (payload) => account.createAdCreative([], payload),
    ad: (payload) => account.createAd([], payload),
    audience: (payload) => account.createCustomAudience([], payload),
  }

  const search = { fields: ['id', 'name', 'created_time'], limit: 100 }
  const listers: Record<string, (made: Made, filtering: unknown[]) => Cursor | Promise<Cursor>> = {
    campaign: (_, filtering) =>
      account.getCampaigns(search.fields, { filtering, effective_status: EVERY_STATUS, limit: search.limit }),
    'ad-set': (made, filtering) => campaignOf(made).getAdSets(search.fields, { filtering, limit: search.limit }),
    audience: () => account.getCustomAudiences(['id', 'name'], { limit: search.limit }),
    creative: (_, filtering) => account.getAdCreatives(['id', 'name'], { filtering, limit: search.limit }),
    ad: (made, filtering) => campaignOf(made).getAds(search.fields, { filtering, limit: search.limit }),
  }

  /** Adding who is there already changes nothing, so an unknown outcome is simply sent again. */
  async function uploadMembers(step: PlannedStep, made: Made): Promise<string> {
    const { audience, segment } = Members.parse(fillIds(step.payload, made))
    const hashes = await sources.audience(segment)
    for (let i = 0; i < hashes.length; i += MEMBERS_PER_CALL)
      await api.call('POST', [audience, 'users'], {
        payload: { schema: ['EMAIL'], data: hashes.slice(i, i + MEMBERS_PER_CALL).map((hash) => [hash]) },
      })
    return audience
  }

  const platform: AdPlatform = {
    plan: (brief) => planMeta(api, connection, sources, brief),

    async keepImage(bytes) {
      const answer = await api.call('POST', [`act_${connection.accountId}`, 'adimages'], {
        bytes: Buffer.from(bytes).toString('base64'),
      })
      const hash = Object.values(ImageAnswer.parse(answer).images)[0]?.hash
      if (!hash) throw new PlatformFailure('transient', 'The platform named no image hash')
      return hash
    },

    async create(step, made) {
      if (step.level === 'members') return uploadMembers(step, made)
      const call = create[step.level]
      if (!call) throw new PlatformFailure('refusal', `Meta has no ${step.level}`)
      return Created.parse(await call(fillIds(step.payload, made) as Record<string, unknown>)).id
    },

    async update(step, made) {
      if (step.level === 'members') return void (await uploadMembers(step, made))
      const payload = Object.entries(step.payload).filter(([field]) => CHANGEABLE[step.level]?.includes(field))
      const changes = fillIds(Object.fromEntries(payload), made) as Record<string, unknown>
      await api.call('POST', [made[step.key] ?? ''], changes)
    },

    async find(step, made) {
      const list = listers[step.level]
      if (!list || step.name === null) return []
      const mark = step.name.slice(step.name.lastIndexOf('~'))
      const found = await list(made, [{ field: 'name', operator: 'CONTAIN', value: mark }])
      return [...found]
        .map((object): z.infer<typeof Listed> => Listed.parse(object))
        .filter((object) => object.name.endsWith(mark))
        .map(({ id, created_time }): FoundObject => ({ id, createdAt: created_time }))
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id))
    },

    async set(made, delivery) {
      if (delivery === 'active') {
        for (const id of idsOf(made, 'ad')) await new sdk.Ad(id, {}, undefined, api).update([], { status: 'ACTIVE' })
        for (const id of idsOf(made, 'ad-set'))
          await new sdk.AdSet(id, {}, undefined, api).update([], { status: 'ACTIVE' })
      }
      // The campaign last: until then nothing below it can spend. Paused, it alone stops everything.
      await campaignOf(made).update([], { status: delivery === 'active' ? 'ACTIVE' : 'PAUSED' })
    },

    async state(made): Promise<PlatformState> {
      const campaign = State.parse(await api.call('GET', [made.campaign ?? ''], { fields: 'status,effective_status' }))
      if (['DELETED', 'ARCHIVED'].includes(campaign.status))
        return { confirmed: 'gone', message: 'It was removed on Meta.' }
      if (campaign.status === 'PAUSED') return { confirmed: 'paused', message: null }
      const ads = [
        ...(await campaignOf(made).getAds(['status', 'effective_status', 'ad_review_feedback'], { limit: 100 })),
      ].map((ad) => AdState.parse(ad))
      if (ads.some((ad) => ad.effective_status === 'ACTIVE')) return { confirmed: 'active', message: null }
      const refused = ads.filter((ad) => ad.effective_status === 'DISAPPROVED')
      if (ads.length > 0 && refused.length === ads.length)
        return { confirmed: 'rejected', message: feedbackText(refused[0]?.ad_review_feedback) }
      if (ads.some((ad) => ['PENDING_REVIEW', 'IN_PROCESS', 'PREAPPROVED'].includes(ad.effective_status)))
        return { confirmed: 'in_review', message: null }
      return { confirmed: 'paused', message: null }
    },

    remove: async (_level, id) => {
      await api.call('DELETE', [id])
    },

    async stopped() {
      const paused = await everything(
        await account.getCampaigns(['id'], { effective_status: ['PAUSED', 'ARCHIVED'], limit: 500 }),
      )
      const refused = await everything(
        await account.getAds(['campaign_id'], { effective_status: ['DISAPPROVED', 'WITH_ISSUES'], limit: 500 }),
      )
      const ids = [
        ...paused.map((c) => Listed.shape.id.parse(c.id)),
        ...refused.map((ad) => Listed.shape.id.parse(ad.campaign_id)),
      ]
      return [...new Set(ids)]
    },

    report: (query, at) => reportStep(api, connection.accountId, query, at),

    async check() {
      const answer = Account.parse(
        await api.call('GET', [`act_${connection.accountId}`], {
          fields: 'name,currency,timezone_name,account_status',
        }),
      )
      return { accountName: answer.name, currency: answer.currency, timeZone: answer.timezone_name }
    },
  }
  return {
    ...platform,
    plan: (brief) => legible('plan', () => platform.plan(brief)),
    find: (step, made) => legible(`find ${step.level}`, () => platform.find(step, made)),
    state: (made) => legible('state', () => platform.state(made)),
    stopped: () => legible('stopped', () => platform.stopped()),
    report: (query, at) => legible('report', () => platform.report(query, at)),
    check: () => legible('check', () => platform.check()),
  }
}

interface Paged extends Iterable<unknown> {
  hasNext(): boolean
  next(): Promise<unknown>
}

/** All pages of a list; the SDK's cursor holds one at a time. */
async function everything(cursor: unknown): Promise<Record<string, unknown>[]> {
  const pages = cursor as Paged
  const found = [...pages]
  while (pages.hasNext()) {
    await pages.next()
    found.push(...pages)
  }
  return found as Record<string, unknown>[]
}

/** Meta nests its feedback by placement; the sentences are what a recruiter can act on. */
function feedbackText(feedback: unknown): string | null {
  const sentences: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') sentences.push(value)
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk)
  }
  walk(feedback)
  return [...new Set(sentences)].join(' ') || null
}
