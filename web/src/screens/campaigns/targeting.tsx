import type { ChannelPlan, SegmentTargeting } from '#domain/plan.ts'
import { useFormat, useSpeech, useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { Panel } from '../../ui/panel.tsx'

/** What each segment became on the platform, and what of it could not. `on`: the platform, where there are several. */
export function TargetingPanel({ plan, on }: { plan: ChannelPlan; on?: string | undefined }) {
  const { campaign: texts } = useTexts()
  return (
    <Panel title={on ? texts.targeting.titleOn(on) : texts.targeting.title} note={texts.targeting.note}>
      <TargetingList targeting={plan.targeting} />
    </Panel>
  )
}

export function TargetingList({ targeting }: { targeting: readonly SegmentTargeting[] }) {
  const { language, texts } = useSpeech()
  const format = useFormat()
  const words = texts.campaign.targeting
  return (
    <ul className="flex flex-col gap-4">
      {targeting.map((entry) => (
        <li key={entry.segment ?? 'everyone'} className="text-sm">
          <p className="font-medium">{entry.name?.[language] ?? entry.segment ?? words.everyone}</p>
          {entry.became.length === 0 && <p className="text-muted">{words.none}</p>}
          <ul className="mt-1 flex flex-wrap gap-1.5">
            {entry.became.map((item) => (
              <li
                key={`${item.kind} ${item.name}`}
                className="rounded-md border border-line bg-sunken px-2 py-0.5"
                title={words.from(wordFor(words.origins, item.from) ?? item.from)}
              >
                <span className="text-xs text-muted">{wordFor(words.kinds, item.kind) ?? item.kind}</span>{' '}
                {item.kind === 'country' ? format.country(item.name) : item.name}
              </li>
            ))}
          </ul>
          {entry.leftOut.length > 0 && (
            <details className="mt-1.5">
              <summary className="inline-flex min-h-6 items-center text-xs text-muted hover:text-ink">
                {words.leftOut}: {entry.leftOut.length}
              </summary>
              <ul className="list-disc ps-5 text-xs text-muted">
                {entry.leftOut.map((item) => (
                  <li key={`${item.trait} ${item.why}`}>
                    <span className="text-ink">{item.trait}</span>: {wordFor(words.whys, item.why) ?? item.why}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}
