import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'

const CONTROL =
  'w-full min-h-9 rounded-md border border-control bg-surface px-2.5 py-1.5 text-base text-ink aria-invalid:border-bad disabled:opacity-60'

interface Around {
  label: string
  hint?: string | undefined
  error?: string | undefined
  /** Such as "12 of 40". */
  aside?: ReactNode
}

interface Wiring {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

function Field({ label, hint, error, aside, children }: Around & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {aside && <span className="text-xs text-muted">{aside}</span>}
      </div>
      {children({ id, 'aria-describedby': about || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  )
}

export function TextField({ label, hint, error, aside, ...rest }: Around & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} hint={hint} error={error} aside={aside}>
      {(wiring) => <input {...rest} {...wiring} className={`${CONTROL} ${rest.className ?? ''}`} />}
    </Field>
  )
}

export function TextArea({ label, hint, error, aside, ...rest }: Around & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field label={label} hint={hint} error={error} aside={aside}>
      {(wiring) => <textarea {...rest} {...wiring} className={`${CONTROL} ${rest.className ?? ''}`} />}
    </Field>
  )
}

export function SelectField({
  label,
  hint,
  error,
  aside,
  children,
  ...rest
}: Around & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Field label={label} hint={hint} error={error} aside={aside}>
      {(wiring) => (
        <select {...rest} {...wiring} className={CONTROL}>
          {children}
        </select>
      )}
    </Field>
  )
}
