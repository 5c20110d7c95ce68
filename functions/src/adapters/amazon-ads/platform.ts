import { z } from 'zod'
import type { Usage } from '#domain/account-limits.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { Connection } from '#domain/connection.ts'
import { readCredentials } from '#domain/credentials.ts'
import type { PlannedStep } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { fillIds, idsOf } from '#functions/lib/fill-ids.ts'
import type { AdPlatform, Clock, FoundObject, Made } from '#functions/ports/index.ts'
import { type AdsApi, adsApi } from './ads-api.ts'
import { everything } from './everything.ts'
import { planAmazon } from './plan.ts'
import { readProfile } from './profile.ts'
import { reportStep } from './report.ts'
import { idsOfRows } from './rows.ts'
import { stateOf, stoppedCampaigns } from './state.ts'

interface Level {
  path: string
  id: string
  /** What may be changed of an object after it is made, beside its state. */
  mutable: readonly string[]
  /** Lists those among which a lost object would be. */
  among(payload: Fields): Record<string, string>
  /** Whether an object of the list is the one that the step made. */
  same(object: Fields, payload: Fields, step: PlannedStep): boolean
}

type Fields = Record<string, unknown>

/** An archived object is a removed one. */
const STANDING = { stateFilter: 'enabled,paused' }
const inGroup = ({ adGroupId }: Fields) => ({ adGroupIdFilter: String(adGroupId) })
const standingInGroup = (payload: Fields) => ({ ...inGroup(payload), ...STANDING })
/** People may rename; the token at the name's end stays. Amazon filters by whole names alone. */
const ofToken = (object: Fields, _: Fields, { name }: PlannedStep): boolean =>
  name !== null && String(object.name).endsWith(name.slice(name.lastIndexOf('~')))
const ofEqual =
  (field: string) =>
  (object: Fields, payload: Fields): boolean =>
    canonicalJson(object[field]) === canonicalJson(payload[field])

const LEVELS: Readonly<Record<string, Level>> = {
  campaign: {
    path: '/sd/campaigns',
    id: 'campaignId',
    mutable: ['name', 'budget', 'endDate'],
    among: () => STANDING,
    same: ofToken,
  },
  'ad-group': {
    path: '/sd/adGroups',
    id: 'adGroupId',
    mutable: ['name', 'defaultBid'],
    among: ({ campaignId }) => ({ campaignIdFilter: String(campaignId), ...STANDING }),
    same: ofToken,
  },
  target: { path: '/sd/targets', id: 'targetId', mutable: [], among: standingInGroup, same: ofEqual('expression') },
  creative: {
    path: '/sd/creatives',
    id: 'creativeId',
    mutable: ['properties'],
    among: inGroup,
    same: ofEqual('properties'),
  },
  ad: { path: '/sd/productAds', id: 'adId', mutable: [], among: standingInGroup, same: ofEqual('landingPageURL') },
}
/** From the leaves up, the campaign last: until then nothing below it can spend. */
const TO_ENABLE = ['target', 'ad', 'ad-group', 'campaign']
const MOST_ROWS = 100

const levelOf = (name: string): Level => {
  const level = LEVELS[name]
  if (!level) throw new PlatformFailure('refusal', `Amazon has no ${name}`)
  return level
}

const Payload = z.record(z.string(), z.unknown())
const payloadOf = (step: PlannedStep, made: Made) => Payload.parse(fillIds(step.payload, made))
const pick = (from: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (name in from ? [[name, from[name]]] : [])))

export function amazonPlatform(
  connection: Connection,
  secret: string,
  clock: Clock,
  report?: (usage: Usage) => void,
  beforeChange?: () => Promise<void>,
): AdPlatform {
  const credentials = readCredentials('amazon-ads', secret)
  const api = adsApi(connection.accountId, connection.settings.region ?? 'na', credentials, report, beforeChange)

  return {
    plan: (brief) => planAmazon(api, connection, brief),

    // A creative names assets of the brand's own library (settings logoAsset, imageAsset), never our bytes.
    keepImage: async () => null,

    async create(step, made) {
      const { path, id } = levelOf(step.level)
      const { body } = await api.call({ method: 'POST', path, body: [payloadOf(step, made)] })
      return idsOfRows(`POST ${path}`, body, 1, id)[0] ?? ''
    },

    async update(step, made) {
      const level = levelOf(step.level)
      const changes = pick(payloadOf(step, made), level.mutable)
      if (Object.keys(changes).length > 0) await put(api, level, [{ [level.id]: made[step.key], ...changes }])
    },

    async find(step, made) {
      const level = levelOf(step.level)
      const payload = payloadOf(step, made)
      const found = await everything(api, level.path, level.among(payload))
      return (
        found
          .filter((object) => level.same(object, payload, step))
          .map((object): FoundObject => ({ id: String(object[level.id]), createdAt: '' }))
          // Ids ascend; the longer one is the later one.
          .sort((a, b) => a.id.length - b.id.length || a.id.localeCompare(b.id))
      )
    },

    async set(made, delivery) {
      const levels = delivery === 'active' ? TO_ENABLE : ['campaign']
      const state = delivery === 'active' ? 'enabled' : 'paused'
      for (const name of levels) {
        const level = levelOf(name)
        const ids = idsOf(made, name)
        for (let i = 0; i < ids.length; i += MOST_ROWS)
          await put(
            api,
            level,
            ids.slice(i, i + MOST_ROWS).map((id) => ({ [level.id]: id, state })),
          )
      }
    },

    state: (made) => stateOf(api, made.campaign ?? '', idsOf(made, 'ad')),

    async remove(name, id) {
      const { path } = levelOf(name)
      // A creative cannot be archived: it ends with its ad group.
      if (name === 'creative') return
      await api.call({ method: 'DELETE', path: `${path}/${id}`, expects: 404 })
    },

    stopped: () => stoppedCampaigns(api),
    report: (query, token) => reportStep(api, { timeZone: connection.timeZone, now: clock.now() }, query, token),

    async check() {
      const { accountInfo, currencyCode, timezone } = await readProfile(api)
      return { accountName: accountInfo.name, currency: currencyCode, timeZone: timezone }
    },
  }
}

async function put(api: AdsApi, { path, id }: Level, rows: Record<string, unknown>[]): Promise<void> {
  const { body } = await api.call({ method: 'PUT', path, body: rows })
  idsOfRows(`PUT ${path}`, body, rows.length, id)
}
