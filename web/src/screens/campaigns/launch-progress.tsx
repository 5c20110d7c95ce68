import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Icon } from '../../ui/icon.tsx'

type Place = 'done' | 'now' | 'later'

const UNDER_WAY: readonly Campaign['status'][] = ['PENDING', 'PROCESSING', 'SCHEDULED']

/** While a campaign is on its way: how far each platform has confirmed it. */
export function LaunchProgress({ campaign, channels }: { campaign: Campaign; channels: readonly Channel[] }) {
  if (!UNDER_WAY.includes(campaign.status)) return null
  return channels
    .filter((channel) => channel.desired === 'active')
    .map((channel) => <ChannelProgress key={channel.id} channel={channel} />)
}

function ChannelProgress({ channel }: { channel: Channel }) {
  const { campaign: texts, campaigns } = useTexts()
  const words = texts.progress
  const total = channel.plan.steps.length
  const planned = new Set(channel.plan.steps.map(({ key }) => key))
  const made = channel.steps.filter(({ key, state }) => state === 'done' && planned.has(key)).length
  const stages: readonly (readonly [label: string, reached: boolean])[] = [
    [words.accepted, true],
    [words.made(made, total), total > 0 && made === total],
    [words.reviewed, channel.confirmed === 'active'],
    [words.active, channel.status === 'ACTIVE'],
  ]
  const current = stages.findIndex(([, reached]) => !reached)
  return (
    <section
      aria-label={texts.progress.title(campaigns.platforms[channel.platform])}
      className="rounded-lg border border-line bg-surface px-4 py-3 shadow-raised"
    >
      <ol className="grid gap-2 sm:grid-cols-4">
        {stages.map(([label, reached], index) => (
          <Stage key={label} label={label} place={reached ? 'done' : index === current ? 'now' : 'later'} />
        ))}
      </ol>
    </section>
  )
}

const LOOK: Record<Place, string> = {
  done: 'bg-good-soft text-good',
  now: 'bg-review-soft text-review',
  later: 'bg-sunken text-muted',
}

function Stage({ label, place }: { label: string; place: Place }) {
  const { campaign } = useTexts()
  return (
    <li aria-current={place === 'now' ? 'step' : undefined} className="flex items-center gap-2 text-sm">
      <span className={`rounded-full p-1 ${LOOK[place]}`}>
        <Icon name={place === 'done' ? 'check' : place === 'now' ? 'clock' : 'dot'} />
      </span>
      <span className={place === 'later' ? 'text-muted' : 'font-medium'}>
        {label} <span className="sr-only">{campaign.progress.places[place]}</span>
      </span>
    </li>
  )
}
