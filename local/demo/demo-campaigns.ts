import { setTimeout as pause } from 'node:timers/promises'
import { PLATFORMS, type PlatformKey } from '#domain/ids.ts'
import type { DemoApi } from './demo-api.ts'

/** Weeks of delivery that a new demo has behind it; the clock of a new demo starts that far in the past. */
export const DEMO_HISTORY_DAYS = 14

const DAY_MS = 86_400_000
const REVIEW_OVER = 'PT30M'
const PATIENCE_MS = 20_000

interface Advertised {
  platforms: PlatformKey[]
  /** A day, in the accounts' currency. */
  budget: string
  /** How many segments it aims at. */
  segments: number
  days: number
  draft?: true
}

/** What the demo advertises, and where. */
const CAMPAIGNS: readonly Advertised[] = [
  { platforms: ['meta', 'google-ads'], budget: '45.00', segments: 1, days: 45 },
  { platforms: ['meta', 'google-ads', 'amazon-ads'], budget: '60.00', segments: 2, days: 30 },
  { platforms: ['meta'], budget: '50.00', segments: 0, days: 60 },
  { platforms: ['google-ads'], budget: '15.00', segments: 1, days: 40 },
  { platforms: ['meta', 'amazon-ads'], budget: '28.00', segments: 0, days: 35 },
  { platforms: ['meta', 'google-ads', 'amazon-ads'], budget: '54.00', segments: 1, days: 30, draft: true },
]

type Items<T> = { items: T[] }

/** Campaigns on the sandbox's platforms with two weeks of figures behind them; returns how many were made. The demo's clock is at today afterwards. */
export async function runDemoCampaigns(api: DemoApi, sandboxUrl: string): Promise<number> {
  const jobs = await api.get<Items<{ id: string; places: { country?: string }[] }>>('/v1/jobs?status=open&limit=60')
  const segments = await api.get<Items<{ id: string; active: boolean }>>('/v1/segments')
  const active = segments.items.filter((segment) => segment.active)
  const advertised = jobs.items.filter((job) => job.places.some((place) => place.country)).slice(0, CAMPAIGNS.length)
  const today = await virtualNow(sandboxUrl)

  const published: string[] = []
  // One after the other: each demo's CMP-0002 is the same campaign.
  for (const [i, { platforms, budget, segments: wanted, days, draft }] of CAMPAIGNS.slice(
    0,
    advertised.length,
  ).entries()) {
    const first = i % Math.max(1, active.length)
    const { id } = await api.post<{ id: string }>('/v1/campaigns', {
      job: advertised[i]?.id,
      platforms,
      dailyBudget: { amount: budget, currency: 'USD' },
      end: new Date(today + days * DAY_MS).toISOString().slice(0, 10),
      segments: active.slice(first, first + wanted).map((segment) => segment.id),
    })
    if (!draft) published.push(id)
  }
  await Promise.all(published.map((id) => api.post(`/v1/campaigns/${id}/publish`, {})))
  await inReview(api, published)
  await advance(sandboxUrl, REVIEW_OVER)
  await advance(sandboxUrl, isoDuration(Math.max(0, Date.now() - (await virtualNow(sandboxUrl)))))
  for (const platform of PLATFORMS) await api.post('/v1/sync', { platform })
  return advertised.length
}

/** The platform goes on by itself from here: what AdFlux confirms later may well be confirmed late. */
async function inReview(api: DemoApi, ids: string[]): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  for (const id of ids) {
    let reason: unknown
    do {
      const { campaign } = await api.get<{ campaign: { reason: { code: string } | null } }>(`/v1/campaigns/${id}`)
      reason = campaign.reason?.code
      if (reason !== 'in_review') await pause(100)
    } while (reason !== 'in_review' && Date.now() < until)
  }
}

const isoDuration = (ms: number): string => `PT${Math.floor(ms / 1000)}S`

async function advance(sandboxUrl: string, by: string): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/_sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: by }),
  })
  if (!answer.ok) throw new Error(`The clock does not advance by ${by}: ${await answer.text()}`)
}

async function virtualNow(sandboxUrl: string): Promise<number> {
  const { now } = (await (await fetch(`${sandboxUrl}/_sandbox/clock`)).json()) as { now: string }
  return Date.parse(now)
}
