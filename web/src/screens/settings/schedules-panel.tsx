import { type FormEvent, useCallback } from 'react'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { useSession } from '../../session/session.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'

/** As GET /v1/schedules answers. */
interface Schedule {
  name: string
  cron: string
  timeZone: string
  state: 'enabled' | 'paused'
  nextRunAt: string | null
  lastRunAt: string | null
}

interface Change {
  cron?: string
  timeZone?: string
  paused?: boolean
}

export function SchedulesPanel() {
  const { settings } = useTexts()
  const { data, problem, reload } = useAnswer<{ items: Schedule[] }>('/v1/schedules')
  return (
    <Panel title={settings.schedules.title} note={settings.schedules.note} flush>
      {problem && (
        <div className="px-4 pb-3">
          <ProblemNote error={problem} retry={reload} />
        </div>
      )}
      {!data && !problem && <SkeletonRows rows={3} />}
      <ul className="divide-y divide-line">
        {data?.items.map((schedule) => (
          <li key={schedule.name} className="px-4 py-3">
            <ScheduleForm key={JSON.stringify(schedule)} schedule={schedule} saved={reload} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function ScheduleForm({ schedule, saved }: { schedule: Schedule; saved: () => void }) {
  const { settings, common } = useTexts()
  const texts = settings.schedules
  const format = useFormat()
  const toast = useToast()
  const { may } = useSession()
  const { name } = schedule
  const title = wordFor(texts.names, name) ?? name
  const work = useCallback(
    (call: Call, body: Change) => call<Schedule>({ method: 'PUT', path: `/v1/schedules/${name}`, body }),
    [name],
  )
  const { run, busy, problem } = useAction(work)
  const change = async (body: Change) => {
    if (!(await run(body))) return
    toast({ text: texts.saved(title) })
    saved()
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void change({ cron: String(form.get('cron')).trim(), timeZone: String(form.get('timeZone')).trim() })
  }
  const paused = schedule.state === 'paused'
  const writable = may('schedules:write')
  return (
    <form onSubmit={submit} aria-label={title} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-sm font-medium">{title}</h3>
        <Badge
          tone={paused ? 'neutral' : 'good'}
          icon={paused ? 'pause' : 'check'}
          label={paused ? texts.paused : texts.running}
        />
        <p className="basis-full text-xs text-muted">
          {[
            wordFor(texts.hints, name),
            schedule.nextRunAt && !paused && texts.next(format.instant(schedule.nextRunAt)),
            schedule.lastRunAt && texts.last(format.instant(schedule.lastRunAt)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {writable ? (
        <div className="grid items-end gap-3 sm:grid-cols-[10rem_14rem_auto]">
          <TextField label={texts.cron} name="cron" defaultValue={schedule.cron} required className="font-mono" />
          <TextField label={texts.zone} name="timeZone" defaultValue={schedule.timeZone} required />
          <div className="flex gap-2">
            <Button type="submit" busy={busy}>
              {common.save}
            </Button>
            <Button kind="quiet" disabled={busy} onClick={() => void change({ paused: !paused })}>
              {paused ? texts.resume : texts.pause}
            </Button>
          </div>
        </div>
      ) : (
        <p className="text-sm">
          <code>{schedule.cron}</code> <span className="text-muted">{schedule.timeZone}</span>
        </p>
      )}
      <ProblemNote error={problem} />
    </form>
  )
}
