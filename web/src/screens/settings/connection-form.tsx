import { type FormEvent, useCallback } from 'react'
import type { Connection } from '#domain/connection.ts'
import { CONNECTION_FIELDS, joinCredentials } from '#domain/connection-fields.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'
import { SettingInput } from './setting-input.tsx'

interface Props {
  platform: PlatformKey
  current: Connection | undefined
  close: () => void
}

interface NewConnection {
  accountId: string
  token: string
  settings: Record<string, string>
}

/** Credentials go one way: they are never read back, so changing anything asks for them again. */
export function ConnectionForm({ platform, current, close }: Props) {
  const { settings, campaigns, common } = useTexts()
  const texts = settings.connections.form
  const toast = useToast()
  const work = useCallback(
    (call: Call, body: NewConnection) => call<Connection>({ method: 'PUT', path: `/v1/connections/${platform}`, body }),
    [platform],
  )
  const { run, busy, problem } = useAction(work)
  const fields = CONNECTION_FIELDS[platform]

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const saved = await run({
      accountId: text('accountId'),
      token: joinCredentials(platform, text),
      settings: settingsOf(platform, current, text),
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
          hint={texts.accountHint(fields.accountExample)}
          defaultValue={current?.accountId}
          required
        />
        {fields.credentials.map((key) => (
          <TextField
            key={key}
            label={texts.credentials[key]}
            name={key}
            type="password"
            autoComplete="off"
            hint={texts.credentialsHint}
            required
          />
        ))}
        {fields.settings.map((field) => (
          <SettingInput key={field.key} field={field} value={current?.settings[field.key]} />
        ))}
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

/** An emptied field takes its setting away; settings that this form does not show stay. */
function settingsOf(platform: PlatformKey, current: Connection | undefined, text: (name: string) => string) {
  const settings = { ...current?.settings }
  for (const { key, kind } of CONNECTION_FIELDS[platform].settings) {
    const value = kind === 'switch' ? (text(key) ? 'on' : 'off') : text(key)
    if (value) settings[key] = value
    else delete settings[key]
  }
  return settings
}
