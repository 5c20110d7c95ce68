import { useCallback } from 'react'
import { COPY_LIMITS } from '#domain/copy.ts'
import type { Creative } from '#domain/creative.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import type { FieldErrors, FormValues } from './form-values.ts'

type Copy = Pick<Creative, 'primaryText' | 'headline' | 'description' | 'copyBy'>

interface Props {
  jobId: string
  values: FormValues
  errors: FieldErrors
  set: (change: Partial<FormValues>) => void
}

export function CopyFields({ jobId, values, errors, set }: Props) {
  const { campaignForm: texts } = useTexts()
  const work = useCallback(
    (call: Call) => call<Copy>({ method: 'POST', path: '/v1/copy', body: { job: jobId } }),
    [jobId],
  )
  const { run, busy, problem, result } = useAction(work)
  const suggest = async () => {
    const copy = await run()
    if (copy) set({ primaryText: copy.primaryText, headline: copy.headline, description: copy.description })
  }
  const counted = (text: string, most: number) => texts.counted(text.length, most)
  return (
    <>
      <div className="sm:col-span-2">
        <Button icon="spark" busy={busy} onClick={() => void suggest()}>
          {result ? texts.suggestAgain : texts.suggest}
        </Button>
        {problem && (
          <div className="mt-2">
            <ProblemNote error={problem} />
          </div>
        )}
      </div>
      <div className="sm:col-span-2">
        <TextArea
          label={texts.primaryText}
          rows={4}
          maxLength={COPY_LIMITS.primaryText}
          aside={counted(values.primaryText, COPY_LIMITS.primaryText)}
          hint={texts.copyHint}
          error={errors.primaryText}
          value={values.primaryText}
          onChange={(event) => set({ primaryText: event.currentTarget.value })}
        />
      </div>
      <TextField
        label={texts.headline}
        maxLength={COPY_LIMITS.headline}
        aside={counted(values.headline, COPY_LIMITS.headline)}
        error={errors.headline}
        value={values.headline}
        onChange={(event) => set({ headline: event.currentTarget.value })}
      />
      <TextField
        label={texts.description}
        maxLength={COPY_LIMITS.description}
        aside={counted(values.description, COPY_LIMITS.description)}
        error={errors.description}
        value={values.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <div className="sm:col-span-2">
        <TextField
          label={texts.url}
          hint={texts.urlHint}
          error={errors.url}
          inputMode="url"
          value={values.url}
          onChange={(event) => set({ url: event.currentTarget.value })}
        />
      </div>
    </>
  )
}
