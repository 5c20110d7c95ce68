import { Link } from '@tanstack/react-router'
import type { Segment, Trait } from '#domain/segment.ts'
import { useFormat, useSpeech, useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { buttonClass } from '../../ui/button.tsx'
import { LiftBar } from '../../ui/lift-bar.tsx'
import { Facts } from '../../ui/panel.tsx'

const SHOWN = 5

export function SegmentCard({ segment }: { segment: Segment }) {
  const { language, texts } = useSpeech()
  const format = useFormat()
  const { evidence } = segment
  const { groups } = texts.segments
  const education = evidence.education.map((trait) => ({
    ...trait,
    value: wordFor(texts.candidates.education, trait.value) ?? trait.value,
  }))
  const none = evidence.skills.length + evidence.places.length + evidence.education.length === 0
  return (
    <article className="flex h-full flex-col gap-4 rounded-lg border border-line bg-surface p-4 shadow-raised">
      <header className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-base font-semibold">{segment.name[language]}</h2>
          <p className="text-sm text-muted">
            {texts.segments.size(format.number(evidence.size), format.percent(evidence.share, 0))}
          </p>
        </div>
        <Link to="/candidates" search={{ segment: segment.id }} className={buttonClass('quiet')}>
          {texts.segments.seeCandidates}
        </Link>
      </header>
      {none && <p className="text-sm text-muted">{texts.segments.nothingApart}</p>}
      <Traits name={groups.skills} traits={evidence.skills} />
      <Traits name={groups.places} traits={evidence.places} />
      <Traits name={groups.education} traits={education} />
      <Means segment={segment} />
    </article>
  )
}

function Traits({ name, traits }: { name: string; traits: readonly Trait[] }) {
  const { segments: texts } = useTexts()
  const format = useFormat()
  if (traits.length === 0) return null
  return (
    <div>
      <h3 className="mb-1.5 text-xs font-medium text-muted">{name}</h3>
      <ul className="flex flex-col gap-2">
        {traits.slice(0, SHOWN).map((trait) => (
          <li key={trait.value} className="text-sm">
            <div className="flex justify-between gap-3 pb-1">
              <span className="min-w-0 truncate">{trait.value}</span>
              <span className="text-xs whitespace-nowrap text-muted">
                {texts.bar(format.percent(trait.share, 0), format.percent(trait.overall, 0))}
              </span>
            </div>
            <LiftBar share={trait.share} overall={trait.overall} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Means({ segment }: { segment: Segment }) {
  const { segments: texts, candidates, jobs } = useTexts()
  const format = useFormat()
  const { yearsExperience, desiredSalaryMinor, currency, salaryPeriod } = segment.evidence
  const salary =
    desiredSalaryMinor !== null && currency && salaryPeriod
      ? `${format.money({ minor: Math.round(desiredSalaryMinor), currency })} ${jobs.period[salaryPeriod]}`
      : null
  const items = [
    [texts.experience, yearsExperience !== null && candidates.years(format.number(yearsExperience))],
    [texts.salary, salary],
  ] as const
  const known = items.filter(([, value]) => Boolean(value))
  return known.length > 0 && <div className="mt-auto border-t border-line pt-3">{<Facts items={known} />}</div>
}
