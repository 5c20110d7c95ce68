import { Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useSession } from '../../session/session.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'
import { canMove } from './status.ts'
import { usePlan } from './use-plan.ts'

type Move = 'publish' | 'pause' | 'resume'

/** Asks; never shows as done what the platform has not confirmed: the status beside the title follows the platform alone. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const { campaign: texts, common } = useTexts()
  const { may } = useSession()
  const toast = useToast()
  const [asking, setAsking] = useState<'publish' | 'resume' | null>(null)
  const [asked, setAsked] = useState<Move | null>(null)
  const { id, status } = campaign
  const work = useCallback(
    (call: Call, move: Move) =>
      call<{ campaign: Campaign; channels: Channel[] }>({
        method: 'POST',
        path: `/v1/campaigns/${id}/${move}`,
        body: {},
      }),
    [id],
  )
  const { run, busy, problem } = useAction(work)
  const ask = async (move: Move) => {
    setAsked(move)
    if (!(await run(move))) return
    const undo = move === 'pause' ? { action: { label: common.undo, run: () => void ask('resume') } } : {}
    toast({ text: texts.asked[move], ...undo })
  }
  const again = status === 'FAILED' || status === 'REJECTED'
  const pausable = status !== 'PAUSED' && status !== 'KILLED' && canMove('pause', status)

  return (
    <>
      {may('campaigns:write') && (
        <Link to="/campaigns/new" search={{ job: campaign.jobRef, from: id }} className={buttonClass('quiet')}>
          {texts.duplicate}
        </Link>
      )}
      {pausable && may('campaigns:pause') && (
        <Button icon="pause" busy={busy} onClick={() => void ask('pause')}>
          {busy && asked === 'pause' ? texts.pausing : texts.pause}
        </Button>
      )}
      {canMove('resume', status) && may('campaigns:publish') && (
        <Button icon="play" busy={busy} onClick={() => setAsking('resume')}>
          {busy && asked === 'resume' ? texts.resuming : texts.resume}
        </Button>
      )}
      {canMove('publish', status) && may('campaigns:publish') && (
        <Button kind="primary" icon="campaigns" busy={busy} onClick={() => setAsking('publish')}>
          {busy && asked === 'publish' ? texts.publishing : again ? texts.publishAgain : texts.publish}
        </Button>
      )}
      <PublishDialog
        campaign={campaign}
        open={asking === 'publish'}
        close={() => setAsking(null)}
        run={() => void ask('publish')}
      />
      <ResumeDialog
        campaign={campaign}
        open={asking === 'resume'}
        close={() => setAsking(null)}
        run={() => void ask('resume')}
      />
      {problem && (
        <div className="basis-full">
          <ProblemNote error={problem} />
        </div>
      )}
    </>
  )
}

interface DialogProps {
  campaign: Campaign
  open: boolean
  close: () => void
  run: () => void
}

function PublishDialog({ campaign, open, close, run }: DialogProps) {
  const { campaign: texts } = useTexts()
  const plan = usePlan(open ? campaign : null)
  return (
    <ConfirmDialog
      open={open}
      title={texts.confirmPublish.title}
      close={close}
      confirm={{ label: texts.confirmPublish.confirm, run }}
    >
      {texts.confirmPublish.hint(plan.most)}
    </ConfirmDialog>
  )
}

function ResumeDialog({ campaign, open, close, run }: DialogProps) {
  const { campaign: texts } = useTexts()
  const format = useFormat()
  return (
    <ConfirmDialog
      open={open}
      title={texts.confirmResume.title}
      close={close}
      confirm={{ label: texts.confirmResume.confirm, run }}
    >
      {texts.confirmResume.hint(format.money(campaign.dailyBudget), format.day(campaign.endsOn, 'long'))}
    </ConfirmDialog>
  )
}
