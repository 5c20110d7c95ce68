import type { Connection } from '#domain/connection.ts'
import { useTexts } from '../../i18n/language.tsx'
import { TextField } from '../../ui/field.tsx'
import { budgetOf, type FieldErrors, type FieldName, type FormValues } from './form-values.ts'
import { PlatformPicker } from './platform-picker.tsx'
import { SplitFields } from './split-fields.tsx'

interface Props {
  connections: readonly Connection[]
  currency: string
  values: FormValues
  errors: FieldErrors
  /** What cannot be changed any more; each says why. */
  fixed: readonly FieldName[]
  set: (change: Partial<FormValues>) => void
}

/** Where, how much, and from when until when. */
export function TermsFields({ connections, currency, values, errors, fixed, set }: Props) {
  const { campaignForm: texts } = useTexts()
  const isFixed = (field: FieldName) => fixed.includes(field)
  return (
    <>
      <PlatformPicker
        connections={connections}
        chosen={values.platforms}
        choose={(platforms) => set({ platforms })}
        fixed={isFixed('platforms')}
        error={errors.platforms}
      />
      <TextField
        label={texts.budget(currency)}
        hint={texts.budgetHint}
        error={errors.amount}
        inputMode="decimal"
        value={values.amount}
        onChange={(event) => set({ amount: event.currentTarget.value })}
      />
      <TextField
        label={texts.countries}
        hint={isFixed('countries') ? texts.countriesFixed : texts.countriesHint}
        error={errors.countries}
        disabled={isFixed('countries')}
        value={values.countries}
        onChange={(event) => set({ countries: event.currentTarget.value })}
      />
      {values.platforms.length > 1 && (
        <SplitFields
          platforms={values.platforms}
          budget={budgetOf(values.amount, currency)}
          weights={values.split}
          set={(split) => set({ split })}
          error={errors.split}
        />
      )}
      <TextField
        label={texts.start}
        hint={isFixed('start') ? texts.startFixed : texts.startHint}
        error={errors.start}
        disabled={isFixed('start')}
        type="date"
        value={values.start}
        onChange={(event) => set({ start: event.currentTarget.value })}
      />
      <TextField
        label={texts.end}
        hint={texts.endHint}
        error={errors.end}
        type="date"
        required
        value={values.end}
        onChange={(event) => set({ end: event.currentTarget.value })}
      />
    </>
  )
}
