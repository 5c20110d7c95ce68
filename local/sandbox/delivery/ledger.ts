import type { Thing, World } from '../world.ts'
import { dayAt } from '../zone.ts'
import { type AdDay, type Carry, NO_CARRY, ownerDay } from './owner-days.ts'
import { type BudgetOwner, budgetOwners, type Span, spansOf } from './spans.ts'

/** One ad's figures on one day as known at an instant; applications are those reported by then. */
export interface Figures {
  impressions: number
  clicks: number
  linkClicks: number
  landingViews: number
  spend: number
  applications: number
}

export interface AdFigures extends Figures {
  ad: string
  adset: string
  reachable: number
  /** Day number in the account's zone. */
  day: number
}

/** What was delivered, computed when it is asked for and remembered for days that are over. */
export interface Ledger {
  /** Every ad and day of a campaign with something to show, between two days (inclusive), as known at `at`. */
  campaign(campaign: Thing, since: number, until: number, at: number): AdFigures[]
  /** The first day on which a campaign may have delivered; undefined when it never ran. */
  firstDay(campaign: Thing): number | undefined
  clear(): void
}

interface OwnerBook {
  owner: BudgetOwner
  spans: Span[]
  /** Days that are over, in order from `first`; each with what it carries on. */
  first: number
  days: { ads: AdDay[]; after: Carry }[]
}

interface CampaignBook {
  revision: number
  owners: OwnerBook[]
}

export function deliveryLedger(world: World): Ledger {
  const books = new Map<string, CampaignBook>()

  const bookOf = (campaign: Thing): CampaignBook => {
    const known = books.get(campaign.id)
    const revision = world.revision(campaign.id)
    if (known?.revision === revision) return known
    const zone = zoneOf(world, campaign)
    const owners = budgetOwners(world, campaign).map((owner) => {
      const spans = spansOf(world, owner)
      const before = known?.owners.find((book) => book.owner.owner.id === owner.owner.id)
      const first = spans[0] ? dayAt(spans[0].from, zone) : 0
      return { owner, spans, first, days: before?.first === first ? before.days : [] }
    })
    const book = { revision, owners }
    books.set(campaign.id, book)
    return book
  }

  const upTo = (book: OwnerBook, day: number, zone: string): void => {
    for (let next = book.first + book.days.length; next < day; next++) {
      const before = book.days[book.days.length - 1]?.after ?? NO_CARRY
      book.days.push(ownerDay(zone, next, Number.POSITIVE_INFINITY, book.spans, before))
    }
  }

  return {
    campaign: (campaign, since, until, at) => {
      const zone = zoneOf(world, campaign)
      const today = dayAt(at, zone)
      const over = dayAt(world.now(), zone)
      const found: AdFigures[] = []
      for (const book of bookOf(campaign).owners) {
        if (book.spans.length === 0) continue
        upTo(book, Math.min(over, today), zone)
        for (let day = Math.max(since, book.first); day <= Math.min(until, today); day++) {
          for (const ad of dayOf(book, day, today, at, zone)) {
            const figures = asKnown(ad, day, at)
            if (figures) found.push(figures)
          }
        }
      }
      return found
    },
    firstDay: (campaign) => {
      const firsts = bookOf(campaign).owners.flatMap((book) => (book.spans.length > 0 ? [book.first] : []))
      return firsts.length > 0 ? Math.min(...firsts) : undefined
    },
    clear: () => books.clear(),
  }
}

function dayOf(book: OwnerBook, day: number, today: number, at: number, zone: string): AdDay[] {
  const index = day - book.first
  if (day < today) return book.days[index]?.ads ?? []
  const before = index > 0 ? book.days[index - 1]?.after : NO_CARRY
  return before ? ownerDay(zone, day, at, book.spans, before).ads : []
}

function asKnown(ad: AdDay, day: number, at: number): AdFigures | undefined {
  if (ad.impressions === 0 && ad.clicks === 0 && ad.spend === 0) return undefined
  let applications = ad.conversions.length
  while (applications > 0 && (ad.conversions[applications - 1] ?? 0) > at) applications--
  const { conversions: _instants, ...counts } = ad
  return { ...counts, day, applications }
}

const zoneOf = (world: World, campaign: Thing): string => world.accounts.get(campaign.account)?.timezone ?? 'UTC'
