import type { Fault } from '../faults.ts'
import type { World } from '../world.ts'
import { dayAt } from '../zone.ts'
import type { AdFigures, Ledger } from './ledger.ts'

const half = (figures: AdFigures): AdFigures => ({
  ...figures,
  impressions: Math.floor(figures.impressions / 2),
  clicks: Math.floor(figures.clicks / 2),
  linkClicks: Math.floor(figures.linkClicks / 2),
  landingViews: Math.floor(figures.landingViews / 2),
  spend: Math.floor(figures.spend / 2),
  applications: Math.floor(figures.applications / 2),
})

/** The ledger as a platform tells it while its newest days are late or will be restated: they end `delaySeconds` ago at most, by the virtual clock. */
export function asTold(world: World, ledger: Ledger, fault: Fault | undefined): Ledger {
  if (!fault) return ledger
  return {
    ...ledger,
    campaign: (campaign, since, until, at) => {
      const zone = world.accounts.get(campaign.account)?.timezone ?? 'UTC'
      const young = dayAt(at - fault.delaySeconds * 1000, zone)
      if (fault.fault === 'late-metrics') return ledger.campaign(campaign, since, Math.min(until, young - 1), at)
      return ledger.campaign(campaign, since, until, at).map((row) => (row.day < young ? row : half(row)))
    },
  }
}
