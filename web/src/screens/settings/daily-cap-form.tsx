import { type FormEvent, useCallback } from 'react'
import { majorText } from '#domain/money.ts'
import type { Org } from '#domain/org.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'

interface Change {
  dailyCap: { amount: string; currency: string } | null
}

/** The most that all campaigns may cost on one day; an empty field takes the cap away. */
export function DailyCapForm({ org }: { org: Org }) {
  const { settings, common } = useTexts()
  const texts = settings.preferences
  const toast = useToast()
  const work = useCallback(
    (call: Call, body: Change) => call<Org>({ method: 'PATCH', path: '/v1/organisation', body }),
    [],
  )
  const { run, busy, problem } = useAction(work)
  const currency = org.dailyCap?.currency ?? org.currency
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const amount = String(new FormData(event.currentTarget).get('cap')).trim().replace(',', '.')
    if (await run({ dailyCap: amount ? { amount, currency } : null })) toast({ text: common.saved })
  }
  return (
    <form key={org.version} onSubmit={(event) => void submit(event)} className="mt-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label={`${texts.orgFact.cap} (${currency})`}
          hint={texts.capHint}
          name="cap"
          inputMode="decimal"
          defaultValue={org.dailyCap ? majorText(org.dailyCap) : ''}
        />
        <Button type="submit" busy={busy}>
          {common.save}
        </Button>
      </div>
      <ProblemNote error={problem} />
    </form>
  )
}
