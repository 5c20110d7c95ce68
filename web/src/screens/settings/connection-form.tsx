import { type FormEvent, useCallback } from 'react'
import type { Connection } from '#domain/connection.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'

/** Keys of a Meta connection's settings, with the form's word for each. */
const SETTINGS = ['pageId', 'pixelId', 'beneficiary', 'payor'] as const

interface Props {
  platform: 'meta'
  current: Connection | undefined
  close: () => void
}

interface NewConnection {
  accountId: string
  token: string
  settings: Record<string, string>
}

/** The token goes one way: it is never read back, so changing anything asks for it again. */
export function ConnectionForm({ platform, current, close }: Props) {
  const { settings, campaigns, common } = useTexts()
  const texts = settings.connections.form
  const toast = useToast()
  const work = useCallback(
    (call: Call, body: NewConnection) => call<Connection>({ method: 'PUT', path: `/v1/connections/${platform}`, body }),
    [platform],
  )
  const { run, busy, problem } = useAction(work)
  const labels = { pageId: texts.page, pixelId: texts.pixel, beneficiary: texts.beneficiary, payor: texts.payer }

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const given = SETTINGS.map((key) => [key, text(key)] as const).filter(([, value]) => value !== '')
    const saved = await run({
      accountId: text('accountId'),
      token: text('token'),
      settings: { ...current?.settings, ...Object.fromEntries(given), audiences: form.get('audiences') ? 'on' : 'off' },
    })
    if (!saved) return
    toast({ text: settings.connections.saved })
    close()
  }

  return (
    <Panel title={texts.title(campaigns.platforms[platform])}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={texts.account}
          name="accountId"
          hint={texts.accountHint}
          defaultValue={current?.accountId}
          required
        />
        <TextField
          label={texts.token}
          name="token"
          type="password"
          autoComplete="off"
          hint={texts.tokenHint}
          required
        />
        {SETTINGS.map((key) => (
          <TextField key={key} label={labels[key]} name={key} defaultValue={current?.settings[key]} />
        ))}
        <label className="flex items-start gap-2 text-sm sm:col-span-2">
          <input
            type="checkbox"
            name="audiences"
            className="mt-0.5 size-4 shrink-0 accent-accent"
            defaultChecked={current?.settings.audiences === 'on'}
          />
          <span>
            {texts.audiences}
            <span className="block text-xs text-muted">{texts.audiencesHint}</span>
          </span>
        </label>
        <div className="flex gap-2 sm:col-span-2">
          <Button kind="primary" type="submit" busy={busy}>
            {texts.submit}
          </Button>
          <Button onClick={close}>{common.cancel}</Button>
        </div>
        <div className="sm:col-span-2">
          <ProblemNote error={problem} />
        </div>
      </form>
    </Panel>
  )
}
