import type { SettingField } from '#domain/connection-fields.ts'
import { useTexts } from '../../i18n/language.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'

/** One setting of an ad account, as its kind wants to be given. */
export function SettingInput({ field, value }: { field: SettingField; value: string | undefined }) {
  const texts = useTexts().settings.connections.form
  const label = texts.settings[field.key]
  if (field.kind === 'text') return <TextField label={label} name={field.key} defaultValue={value} />
  if (field.kind === 'choice')
    return (
      <SelectField label={label} name={field.key} defaultValue={value}>
        {field.values.map((each) => (
          <option key={each} value={each}>
            {texts.regions[each]}
          </option>
        ))}
      </SelectField>
    )
  return (
    <label className="flex items-start gap-2 text-sm sm:col-span-2">
      <input
        type="checkbox"
        name={field.key}
        className="mt-0.5 size-4 shrink-0 accent-accent"
        defaultChecked={value === 'on'}
      />
      <span>
        {label}
        <span className="block text-xs text-muted">{texts.audiencesHint}</span>
      </span>
    </label>
  )
}
