import type { SegmentEvidence, Trait } from '#domain/segment.ts'
import { plain } from '../format.ts'
import type { Output } from '../output.ts'

export interface SegmentWithEvidence {
  id: string
  name: { es: string; en: string }
  evidence: SegmentEvidence
}

const SHOWN = 5

export function evidenceText({ style, details, format }: Output, { id, name, evidence }: SegmentWithEvidence): string {
  const { size, share, yearsExperience, desiredSalaryMinor, currency } = evidence
  const traits = (list: readonly Trait[]): string =>
    list
      .slice(0, SHOWN)
      .map((t) => `${t.value} (${format.percent(t.share)}, ${format.decimal(t.lift, 1)} times the average)`)
      .join(' · ')
  const salary = desiredSalaryMinor === null || !currency ? null : { minor: Math.round(desiredSalaryMinor), currency }
  return [
    style('bold', plain(`${name.en} · ${name.es}`)),
    details([
      ['id', id],
      ['candidates', `${format.integer(size)} (${format.percent(share)})`],
      ['skills', traits(evidence.skills)],
      ['places', traits(evidence.places)],
      ['education', traits(evidence.education)],
      ['years', format.decimal(yearsExperience, 1)],
      [
        'wants',
        `${format.money(salary)}${salary && evidence.salaryPeriod ? ` a ${evidence.salaryPeriod.toLowerCase()}` : ''}`,
      ],
    ]),
  ].join('\n')
}
