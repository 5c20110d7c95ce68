import { useCallback, useState } from 'react'
import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import type { Call } from '../../api/call.ts'
import { isConflict } from '../../api/problem.ts'
import { useAction } from '../../api/use-action.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { Publishing } from './publishing.ts'
import type { CampaignPlan } from './use-plan.ts'

interface Props {
  campaign: Campaign
  publishing: Publishing
  /** The plan that is shown, and that alone, is published. */
  plan: CampaignPlan
  reload: () => void
  /** No newer plan could be had. */
  stuck: boolean
}

/** Asks first. Where the plan has changed since, nothing is published: the new one is fetched, shown, and asked for again. */
export function PublishButton({ campaign, publishing, plan, reload, stuck }: Props) {
  const { campaignPlan: texts } = useTexts()
  const { may } = useSession()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState<CampaignPlan | null>(null)
  const work = useCallback(
    async (call: Call, shown: CampaignPlan) => {
      const body = { plan: shown.plan }
      try {
        return await call<{ campaign: Campaign; channels: Channel[] }>({
          method: 'POST',
          path: `/v1/campaigns/${campaign.id}/publish`,
          body,
        })
      } catch (error) {
        setRefused(shown)
        reload()
        throw error
      }
    },
    [campaign.id, reload],
  )
  const { run, busy, problem } = useAction(work)
  if (!may('campaigns:publish')) return null
  const publish = async () => {
    setRefused(null)
    if (await run(plan)) toast({ text: publishing === 'changes' ? texts.asked.amend : texts.asked.publish })
  }
  const conflict = isConflict(problem)
  const fetching = conflict && refused === plan && !stuck
  const changes = publishing === 'changes'
  const label = { publish: texts.publish, again: texts.publishAgain, changes: texts.publishChanges }[publishing]
  return (
    <div className="flex flex-col items-end gap-2">
      {conflict && (
        <p role="alert" className="w-full rounded-lg border border-warn/40 bg-warn-soft px-4 py-3 text-sm">
          {texts.outOfDate}
        </p>
      )}
      {problem && !conflict && (
        <div className="w-full">
          <ProblemNote error={problem} />
        </div>
      )}
      <Button kind="primary" icon="campaigns" busy={busy || fetching} onClick={() => setAsking(true)}>
        {busy ? texts.publishing : label}
      </Button>
      <PublishDialog
        plan={plan}
        changes={changes}
        open={asking}
        close={() => setAsking(false)}
        run={() => void publish()}
      />
    </div>
  )
}

interface DialogProps {
  plan: CampaignPlan
  changes: boolean
  open: boolean
  close: () => void
  run: () => void
}

function PublishDialog({ plan, changes, open, close, run }: DialogProps) {
  const { campaignPlan: texts } = useTexts()
  const format = useFormat()
  const hint = changes ? texts.confirm.hintChanges : texts.confirm.hint
  return (
    <ConfirmDialog
      open={open}
      title={changes ? texts.confirm.changes : texts.confirm.title}
      close={close}
      confirm={{ label: texts.confirm.confirm, run }}
    >
      {hint(format.money(plan.mostItCanCost), format.money(plan.mostOnOneDay))}
    </ConfirmDialog>
  )
}
