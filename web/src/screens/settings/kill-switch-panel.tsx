import { type FormEvent, useCallback, useState } from 'react'
import type { FlippedSwitch } from '#domain/kill-switch.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useSession } from '../../session/session.tsx'
import { useKillSwitch } from '../../shell/stopped-banner.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'

interface Flip {
  state: 'running' | 'stopped'
  why: string
}

/** One press, one reason, one confirmation; who may pause may stop, an administrator alone releases. */
export function KillSwitchPanel() {
  const { settings } = useTexts()
  const texts = settings.killSwitch
  const format = useFormat()
  const toast = useToast()
  const { may } = useSession()
  const view = useKillSwitch()
  const [asking, setAsking] = useState<Flip | null>(null)
  const work = useCallback(
    (call: Call, body: Flip) => call<FlippedSwitch>({ method: 'POST', path: '/v1/kill-switch', body }),
    [],
  )
  const { run, busy, problem } = useAction(work)
  if (!view) return null
  const { organisation } = view
  const stopped = organisation.state === 'stopped'
  const allowed = may(stopped ? 'kill-switch:release' : 'campaigns:pause')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const why = String(new FormData(event.currentTarget).get('why')).trim()
    setAsking({ state: stopped ? 'running' : 'stopped', why })
  }
  const flip = async (body: Flip) => {
    const flipped = await run(body)
    if (!flipped) return
    const { pausing } = flipped
    const within = pausing?.seconds ? texts.pausedWithin(format.number(pausing.campaigns), pausing.seconds) : null
    toast({ text: body.state === 'running' ? texts.released : [texts.stopped, within].filter(Boolean).join(' ') })
  }
  return (
    <Panel title={texts.title} note={texts.note}>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <Badge
            tone={stopped ? 'bad' : 'good'}
            icon={stopped ? 'stop' : 'check'}
            label={stopped ? texts.isStopped : texts.isRunning}
          />
          <span className="text-muted">
            {[organisation.why, organisation.by, format.instant(organisation.at)].filter(Boolean).join(' · ')}
          </span>
        </div>
        {allowed ? (
          <form key={organisation.at} onSubmit={submit} className="flex flex-wrap items-end gap-3">
            <div className="min-w-60 flex-1">
              <TextField label={texts.why} name="why" required minLength={3} maxLength={500} />
            </div>
            <Button type="submit" kind={stopped ? 'secondary' : 'danger'} icon={stopped ? 'play' : 'stop'} busy={busy}>
              {stopped ? texts.release : texts.stop}
            </Button>
          </form>
        ) : (
          <p className="text-sm text-muted">{stopped ? texts.onlyAdmin : texts.notYou}</p>
        )}
        <ProblemNote error={problem} />
      </div>
      <ConfirmDialog
        open={asking !== null}
        title={asking?.state === 'running' ? texts.confirmRelease : texts.confirmStop}
        close={() => setAsking(null)}
        confirm={{
          label: asking?.state === 'running' ? texts.release : texts.stop,
          kind: asking?.state === 'running' ? 'primary' : 'danger',
          run: () => asking && void flip(asking),
        }}
      >
        {asking?.state === 'running' ? texts.releaseHint : texts.stopHint}
      </ConfirmDialog>
    </Panel>
  )
}
