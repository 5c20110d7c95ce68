import type { Campaign } from '#domain/campaign.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SegmentNames } from './campaign-facts.tsx'
import { pendingTerms } from './pending-terms.ts'

/** Changed terms that no platform has yet, each before and after. */
export function PendingPanel({ campaign }: { campaign: Campaign }) {
  const texts = useTexts()
  const format = useFormat()
  const words = texts.campaignPlan.pending
  const segments = campaign.pending?.segments
  const label = 'pending-changes'
  return (
    <section
      aria-labelledby={label}
      className="min-w-0 rounded-lg border border-warn/50 bg-warn-soft px-4 py-3 shadow-raised"
    >
      <h2 id={label} className="flex items-center gap-2 text-base font-semibold text-warn">
        <Icon name="draft" />
        {words.title}
      </h2>
      <p className="text-sm">{words.note}</p>
      <dl className="mt-2 flex flex-col gap-2 text-sm">
        {pendingTerms(campaign, texts, format).map(({ label, before, after }) => (
          <div key={label}>
            <dt className="font-medium">{label}</dt>
            <dd className="wrap-anywhere">
              <span className="sr-only">{words.from}</span> <del>{before}</del> <span aria-hidden="true">→</span>{' '}
              <span className="sr-only">{words.to}</span> <ins className="font-medium no-underline">{after}</ins>
            </dd>
          </div>
        ))}
        {segments && (
          <div>
            <dt className="font-medium">{texts.campaign.fact.segments}</dt>
            <dd>{segments.length > 0 ? <SegmentNames ids={segments} /> : texts.campaign.noSegments}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}
