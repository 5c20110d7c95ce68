import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { Campaign } from '#domain/campaign.ts'
import type { Connection } from '#domain/connection.ts'
import type { Job } from '#domain/job.ts'
import type { Call } from '../../api/call.ts'
import { isConflict } from '../../api/problem.ts'
import { useAction } from '../../api/use-action.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { CopyFields } from './copy-fields.tsx'
import { CreativePreview } from './creative-preview.tsx'
import {
  currencyError,
  errorsFrom,
  errorsOf,
  type FieldErrors,
  type FieldName,
  type FormValues,
} from './form-values.ts'
import { ImageField } from './image-field.tsx'
import { SegmentPicker } from './segment-picker.tsx'
import { TermsFields } from './terms-fields.tsx'

interface Props {
  job: Job
  connections: readonly Connection[]
  initial: FormValues
  /** Of a campaign that is there: nothing can be emptied, and these fields cannot be changed. */
  editing?: { fixed: readonly FieldName[]; loadNew: () => void }
  save: (call: Call, values: FormValues, currency: string) => Promise<Pick<Campaign, 'id'>>
}

/** Everything that a campaign needs on one page. Saving spends nothing; the plan on the next page says what publishing would. */
export function CampaignForm({ job, connections, initial, editing, save }: Props) {
  const { campaignForm: texts } = useTexts()
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<FieldErrors>({})
  const set = (change: Partial<FormValues>) => setValues((before) => ({ ...before, ...change }))
  const account = connections.find((connection) => values.platforms.includes(connection.platform)) ?? connections[0]
  const currency = account?.currency ?? 'USD'
  const mixed = currencyError(connections, values.platforms, texts)
  const fixed = editing?.fixed ?? []

  const { run, busy, problem } = useAction(save)
  const found = problem?.problem.problems ?? []
  const told = errorsFrom(found)
  const shown: FieldErrors = { ...told, ...errors, ...(mixed ? { platforms: mixed } : {}) }
  const focusFirst = () =>
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = errorsOf(values, currency, texts, editing !== undefined)
    setErrors(wrong)
    if (mixed || Object.keys(wrong).length > 0) return focusFirst()
    const campaign = await run(values, currency)
    if (!campaign) return focusFirst()
    await navigate({ to: '/campaigns/$id', params: { id: campaign.id } })
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]"
    >
      <div className="flex min-w-0 flex-col gap-4">
        <Group title={texts.where}>
          <TermsFields
            connections={connections}
            currency={currency}
            values={values}
            errors={shown}
            fixed={fixed}
            set={set}
          />
        </Group>
        <Group title={texts.who}>
          <SegmentPicker chosen={values.segments} choose={(segments) => set({ segments })} error={shown.segments} />
        </Group>
        <Group title={texts.ad}>
          <CopyFields jobId={job.id} values={values} errors={shown} set={set} />
          <ImageField image={values.image} choose={(image) => set({ image })} error={shown.image} />
        </Group>
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-18">
        <CreativePreview draft campaign={{ creative: previewOf(values, job) }} />
        <ProblemNote error={problem} atFields={found.length > 0 && Object.keys(told).length === found.length} />
        {editing && isConflict(problem) && (
          <div className="flex flex-col items-start gap-2 text-sm">
            <p>{texts.changedMeanwhile}</p>
            <Button icon="refresh" onClick={editing.loadNew}>
              {texts.loadNew}
            </Button>
          </div>
        )}
        <div className="flex justify-end">
          <Button kind="primary" type="submit" busy={busy} className="min-h-9">
            {texts.submit}
          </Button>
        </div>
      </div>
    </form>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="rounded-lg border border-line bg-surface p-4 shadow-raised">
      <legend className="float-start mb-3 w-full text-base font-semibold">{title}</legend>
      <div className="clear-both grid gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  )
}

function previewOf(values: FormValues, job: Job): Campaign['creative'] {
  const url = URL.canParse(values.url) ? values.url : (job.applyUrl ?? location.origin)
  return {
    primaryText: values.primaryText,
    headline: values.headline || job.title,
    description: values.description,
    image: values.image,
    url,
    copyBy: 'person',
  }
}
