import type { PlannedChange } from '#domain/plan-changes.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { type FieldChange, payloadChanges, referred } from './payload-changes.ts'

const LOOK = {
  create: { icon: 'plus', tone: 'text-good' },
  update: { icon: 'draft', tone: 'text-review' },
  remove: { icon: 'trash', tone: 'text-bad' },
} as const satisfies Record<PlannedChange['action'], { icon: IconName; tone: string }>

/** What happens on one platform: made, changed field by field, removed; said where it is nothing. */
export function PlannedChanges({ changes }: { changes: readonly PlannedChange[] }) {
  const { campaignPlan: texts } = useTexts()
  if (changes.length === 0) return <p className="text-sm text-muted">{texts.nothing}</p>
  return (['create', 'update', 'remove'] as const).map((action) => {
    const group = changes.filter((change) => change.action === action)
    if (group.length === 0) return null
    const { icon, tone } = LOOK[action]
    return (
      <div key={action}>
        <p className={`flex items-center gap-1.5 text-sm font-medium ${tone}`}>
          <Icon name={icon} />
          {texts[action](group.length)}
        </p>
        <ol className="mt-1 flex list-decimal flex-col gap-1 ps-9 text-sm">
          {group.map((change) => (
            <li key={change.key}>
              <Changed change={change} />
            </li>
          ))}
        </ol>
      </div>
    )
  })
}

function Changed({ change }: { change: PlannedChange }) {
  const { campaign, campaignPlan: texts } = useTexts()
  const level = wordFor(campaign.level, change.level) ?? change.level
  if (change.action !== 'update') return level
  const fields = payloadChanges(change.before, change.after)
  return (
    <>
      {level}
      {fields.length === 0 && <p className="text-muted">{texts.sameFields}</p>}
      <dl className="mt-0.5 flex flex-col gap-1">
        {fields.map((field) => (
          <Field key={field.path} field={field} />
        ))}
      </dl>
    </>
  )
}

function Field({ field }: { field: FieldChange }) {
  const { campaignPlan: texts } = useTexts()
  const say = useValue()
  return (
    <div>
      <dt className="text-xs text-muted" title={field.path}>
        {wordFor(texts.fields, field.path.split('.').at(-1) ?? '') ?? field.path}
      </dt>
      <dd className="wrap-anywhere">
        <del className="text-muted">{say(field.before)}</del> <span className="sr-only">{texts.becomes}</span>
        <span aria-hidden="true">→</span> <ins className="font-medium no-underline">{say(field.after)}</ins>
      </dd>
    </div>
  )
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/

/** Instants in the organisation's zone, and objects of the same plan by the word for their kind; all else as it is sent. */
function useValue(): (value: string | null) => string {
  const { campaign, campaignPlan: texts } = useTexts()
  const format = useFormat()
  return (value) => {
    if (value === null || value === '') return texts.empty
    if (INSTANT.test(value)) return format.instant(value)
    const object = referred(value)
    return object ? `${wordFor(campaign.level, object.level) ?? object.level} ${object.rest}`.trim() : value
  }
}
