import { type FormEvent, useState } from 'react'
import type { Feed, FeedFormat } from '#domain/feed.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'

interface NewFeed {
  name: string
  format: string
  url?: string
  everyMinutes?: number
  webhookSecret?: string
}

/** The address and the secret of its webhooks come with the answer; the secret only once. */
type Added = Feed & { webhookUrl: string; webhookSecret: string | null }

const add = (call: Call, body: NewFeed): Promise<Added> => call<Added>({ method: 'POST', path: '/v1/feeds', body })

export function FeedForm({ close }: { close: () => void }) {
  const { feeds: texts, common } = useTexts()
  const toast = useToast()
  const [badUrl, setBadUrl] = useState(false)
  const { run, busy, problem, result } = useAction(add)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = bodyOf(new FormData(event.currentTarget))
    const wrong = body.url !== undefined && !/^https?:\/\/\S+\.\S+/.test(body.url)
    setBadUrl(wrong)
    if (wrong) return
    const feed = await run(body)
    if (feed) toast({ text: texts.form.added(feed.name) })
  }

  if (result) {
    return (
      <Panel title={texts.form.added(result.name)} actions={<Button onClick={close}>{common.done}</Button>}>
        <Facts
          items={[
            [texts.form.webhook, <code key="url">{result.webhookUrl}</code>],
            ...(result.webhookSecret
              ? [[texts.form.madeSecret, <code key="secret">{result.webhookSecret}</code>] as const]
              : []),
          ]}
        />
      </Panel>
    )
  }
  return (
    <Panel title={texts.form.title}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-4 sm:grid-cols-2">
        <TextField label={texts.form.name} name="name" required maxLength={120} />
        <SelectField label={texts.form.format} name="format" defaultValue="greenhouse">
          {(Object.keys(texts.formats) as FeedFormat[]).map((format) => (
            <option key={format} value={format}>
              {texts.formats[format]}
            </option>
          ))}
        </SelectField>
        <TextField
          label={texts.form.url}
          name="url"
          inputMode="url"
          hint={texts.form.urlHint}
          error={badUrl ? texts.form.badUrl : undefined}
        />
        <TextField label={texts.form.every} name="everyMinutes" type="number" min={5} max={10_080} defaultValue={60} />
        <TextField
          label={texts.form.secret}
          name="webhookSecret"
          minLength={16}
          type="password"
          autoComplete="off"
          hint={texts.form.secretHint}
        />
        <div className="flex items-end gap-2 sm:col-span-2">
          <Button kind="primary" type="submit" busy={busy}>
            {texts.form.submit}
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

function bodyOf(form: FormData): NewFeed {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return {
    name: text('name'),
    format: text('format'),
    ...(text('url') ? { url: text('url') } : {}),
    ...(text('everyMinutes') ? { everyMinutes: Number(text('everyMinutes')) } : {}),
    ...(text('webhookSecret') ? { webhookSecret: text('webhookSecret') } : {}),
  }
}
