import type { Campaign } from '#domain/campaign.ts'
import { termsOf } from '#domain/campaign-status.ts'
import type { Money } from '#domain/money.ts'
import type { ChannelPlan } from '#domain/plan.ts'
import type { PlannedChange } from '#domain/plan-changes.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { Facts } from '../../ui/panel.tsx'
import { PlannedChanges } from './planned-changes.tsx'
import { shareOf } from './split-values.ts'
import { TargetingList } from './targeting.tsx'

interface Props {
  campaign: Campaign
  platform: string
  plan: ChannelPlan
  changes: readonly PlannedChange[]
}

/** One platform: what it can cost, what happens there, whom it reaches, and what is sent to the letter. */
export function ChannelPlanView({ campaign, platform, plan, changes }: Props) {
  const { campaign: texts, campaignPlan } = useTexts()
  const format = useFormat()
  const now = shareOf(campaign, platform)
  const then = shareOf({ ...campaign, ...termsOf(campaign) }, platform)
  return (
    <div className="flex flex-col gap-4">
      <Facts
        items={[
          [campaignPlan.share, <Share key="share" now={now} then={then} />],
          [
            campaignPlan.most,
            <strong key="most" className="text-lg">
              {format.money(plan.mostItCanCost)}
            </strong>,
          ],
          [campaignPlan.mostDay, format.money(plan.mostOnOneDay)],
        ]}
      />
      <PlannedChanges changes={changes} />
      {changes.length > 0 && (
        <details className="text-sm">
          <summary className="inline-flex min-h-6 items-center text-muted hover:text-ink">{campaignPlan.raw}</summary>
          <PayloadView changes={changes} />
        </details>
      )}
      <div>
        <h4 className="mb-1 text-sm font-medium">{texts.targeting.title}</h4>
        <TargetingList targeting={plan.targeting} />
      </div>
    </div>
  )
}

function Share({ now, then }: { now: Money | null; then: Money | null }) {
  const { campaignPlan: texts } = useTexts()
  const format = useFormat()
  if (now?.minor === then?.minor) return format.money(then)
  return (
    <>
      <del className="text-muted">{format.money(now)}</del> <span className="sr-only">{texts.becomes}</span>
      <span aria-hidden="true">→</span> <ins className="font-medium no-underline">{format.money(then)}</ins>
    </>
  )
}

/** A region that scrolls must be reachable by keyboard. */
const SCROLLS = { tabIndex: 0 }

function PayloadView({ changes }: { changes: readonly PlannedChange[] }) {
  const { campaignPlan: texts } = useTexts()
  return (
    <section
      {...SCROLLS}
      aria-label={texts.raw}
      className="mt-1 max-h-72 overflow-auto rounded-md bg-sunken p-3 text-xs"
    >
      <pre className="whitespace-pre-wrap">
        {JSON.stringify(
          changes.map(({ action, level, name, after }) => ({ action, level, name, payload: after })),
          null,
          2,
        )}
      </pre>
    </section>
  )
}
