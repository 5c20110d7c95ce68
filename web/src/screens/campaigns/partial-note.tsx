import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { useTexts } from '../../i18n/language.tsx'
import { StatusBadge, useReason } from './status-badge.tsx'

const RUNS: readonly Channel['status'][] = ['ACTIVE', 'PARTIAL']

/** Of a campaign that runs in part: which platform does, which does not, and why. */
export function PartialNote({ campaign, channels }: { campaign: Campaign; channels: readonly Channel[] }) {
  const { campaign: texts, campaigns } = useTexts()
  const say = useReason()
  const label = 'partial-note'
  return (
    <section aria-labelledby={label} className="rounded-lg border border-warn/50 bg-warn-soft px-4 py-3 text-sm">
      <h2 id={label} className="font-semibold text-warn">
        {texts.partial.title}
      </h2>
      <ul className="mt-1 flex flex-col gap-1.5">
        {campaign.platforms.map((platform) => {
          const channel = channels.find((one) => one.platform === platform)
          const runs = channel !== undefined && RUNS.includes(channel.status)
          const reason = channel ? say(channel.reason) : texts.partial.unknown
          return (
            <li key={platform} className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-medium">{campaigns.platforms[platform]}</span>
              <span>{runs ? texts.partial.runs : texts.partial.not}</span>
              {channel && !runs && <StatusBadge status={channel.status} />}
              {reason && <span>{reason}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
