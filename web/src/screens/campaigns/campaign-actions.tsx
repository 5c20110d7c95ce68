import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useState } from 'react'
import type { Campaign } from '#domain/campaign.ts'
import { canResume } from '#domain/campaign-status.ts'
import type { Channel } from '#domain/channel.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useSession } from '../../session/session.tsx'
import { Button, buttonClass, IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'
import { canMove } from './status.ts'

// A chunk of its own: the menu's parts weigh as much as the screen.
const CampaignMenu = lazy(() => import('./campaign-menu.tsx').then(({ CampaignMenu }) => ({ default: CampaignMenu })))

type Move = 'pause' | 'resume' | 'close'

/** Asks; never shows as done what the platform has not confirmed: the status beside the title follows the platform alone. */
export function CampaignActions({ campaign, channels }: { campaign: Campaign; channels: readonly Channel[] }) {
  const { campaign: texts, common } = useTexts()
  const { may } = useSession()
  const toast = useToast()
  const [asking, setAsking] = useState<'resume' | 'close' | null>(null)
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
  const pausable = status !== 'PAUSED' && status !== 'KILLED' && canMove('pause', status)

  return (
    <>
      {may('campaigns:write') && (
        <Link to="/campaigns/new" search={{ job: campaign.jobRef, from: id }} className={buttonClass('quiet')}>
          {texts.duplicate}
        </Link>
      )}
      {canMove('edit', status) && may('campaigns:write') && (
        <Link to="/campaigns/$id/edit" params={{ id }} className={buttonClass()}>
          <Icon name="draft" />
          {texts.edit}
        </Link>
      )}
      {pausable && may('campaigns:pause') && (
        <Button icon="pause" busy={busy} onClick={() => void ask('pause')}>
          {busy && asked === 'pause' ? texts.pausing : texts.pause}
        </Button>
      )}
      {canResume(status, channels) && may('campaigns:publish') && (
        <Button icon="play" busy={busy} onClick={() => setAsking('resume')}>
          {busy && asked === 'resume' ? texts.resuming : texts.resume}
        </Button>
      )}
      {canMove('close', status) && may('campaigns:pause') && (
        <Suspense fallback={<IconButton icon="more" label={texts.more} disabled />}>
          <CampaignMenu close={() => setAsking('close')} busy={busy} />
        </Suspense>
      )}
      <ResumeDialog
        campaign={campaign}
        open={asking === 'resume'}
        close={() => setAsking(null)}
        run={() => void ask('resume')}
      />
      <ConfirmDialog
        open={asking === 'close'}
        title={texts.confirmClose.title}
        close={() => setAsking(null)}
        confirm={{ label: texts.confirmClose.confirm, kind: 'danger', run: () => void ask('close') }}
      >
        {texts.confirmClose.hint}
      </ConfirmDialog>
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
