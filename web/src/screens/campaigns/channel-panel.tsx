import type { Channel, StepRecord } from '#domain/channel.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Tone } from '../../ui/tone.ts'
import { StatusBadge, useReason } from './status-badge.tsx'

const STEP_LOOK: Record<StepRecord['state'], { tone: Tone; icon: IconName }> = {
  planned: { tone: 'neutral', icon: 'clock' },
  sent: { tone: 'review', icon: 'review' },
  done: { tone: 'good', icon: 'check' },
}

/** One platform: what was asked, what it confirmed and when, and everything made there. */
export function ChannelPanel({ channel }: { channel: Channel }) {
  const { campaign: texts, campaigns } = useTexts()
  const format = useFormat()
  const say = useReason()
  const words = texts.channel
  const reason = say(channel.reason)
  const own = channel.reason?.message
  const confirmed = channel.confirmedAt
    ? words.said(words.confirmed[channel.confirmed], format.instant(channel.confirmedAt))
    : words.silent
  return (
    <Panel
      title={words.title(campaigns.platforms[channel.platform])}
      actions={<StatusBadge status={channel.status} />}
      flush
    >
      <div className="flex flex-col gap-1 px-4 pb-3 text-sm">
        <p>{confirmed}</p>
        <p className="text-muted">
          {words.wanted[channel.desired]} · {words.account} {channel.accountId}
        </p>
        {reason && <p className="text-muted">{reason}</p>}
        {own && own !== reason && (
          <blockquote className="border-s-2 border-line ps-3 text-muted">
            <span className="block text-xs">{words.said2}</span>
            {own}
          </blockquote>
        )}
        {channel.failures > 0 && <p className="text-warn">{words.failures(channel.failures)}</p>}
      </div>
      <Steps channel={channel} />
    </Panel>
  )
}

function Steps({ channel }: { channel: Channel }) {
  const { campaign: texts } = useTexts()
  const format = useFormat()
  const words = texts.channel
  const columns: Column<StepRecord>[] = [
    {
      key: 'level',
      head: words.stepHead.level,
      header: true,
      cell: ({ level }) => wordFor(texts.level, level) ?? level,
    },
    {
      key: 'state',
      head: words.stepHead.state,
      cell: (step) => <Badge {...STEP_LOOK[step.state]} label={words.stepState[step.state]} />,
    },
    { key: 'id', head: words.stepHead.id, cell: ({ externalId }) => <ExternalId id={externalId} /> },
    { key: 'done', head: words.stepHead.done, align: 'end', cell: (step) => format.instant(step.doneAt) },
  ]
  return <DataTable caption={words.stepsCaption} columns={columns} rows={channel.steps} keyOf={(step) => step.key} />
}

/** Some ids are long: the beginning is enough to see, all of it is there to copy. */
function ExternalId({ id }: { id: string | null }) {
  return (
    <code title={id ?? undefined} className="block max-w-44 truncate text-xs">
      {id ?? '—'}
    </code>
  )
}
