import type { CampaignStatus, Reason } from '#domain/campaign.ts'
import { useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { Badge } from '../../ui/badge.tsx'
import { STATUS_LOOK } from './status.ts'

export function StatusBadge({ status }: { status: CampaignStatus }) {
  const { campaigns } = useTexts()
  return <Badge {...STATUS_LOOK[status]} label={campaigns.status[status]} />
}

/** Why the status is what it is: our words for a known reason, the sender's own sentence for any other. */
export function useReason(): (reason: Reason | null) => string | null {
  const { campaigns } = useTexts()
  return (reason) => reason && (wordFor(campaigns.reason, reason.code) ?? reason.message ?? reason.code)
}

export function StatusWithReason({ status, reason }: { status: CampaignStatus; reason: Reason | null }) {
  const say = useReason()
  const why = say(reason)
  return (
    <span className="flex flex-col items-start gap-0.5">
      <StatusBadge status={status} />
      {why && <span className="max-w-56 text-xs text-muted">{why}</span>}
    </span>
  )
}
