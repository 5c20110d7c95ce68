import { type SegmentedProfile, skillKey, skillKeys } from './features.ts'
import { OCCUPATIONS } from './occupations.ts'

/** What a candidate works with first counts as much as three more skills. */
const PRIMARY = 3

const FIELDS = new Map<string, number[]>()
for (const [index, { skills }] of OCCUPATIONS.entries())
  for (const skill of skills) FIELDS.set(skill, [...(FIELDS.get(skill) ?? []), index])

/** Index in OCCUPATIONS of the field that most of a profile's skills belong to; null where none is known or two are level. */
export function occupationOf(profile: SegmentedProfile): number | null {
  const points = new Map<number, number>()
  const add = (key: string, weight: number): void => {
    for (const field of FIELDS.get(key) ?? []) points.set(field, (points.get(field) ?? 0) + weight)
  }
  add(skillKey(profile.primarySkill), PRIMARY)
  for (const key of skillKeys(profile)) add(key, 1)
  const [first, second] = [...points].sort((a, b) => b[1] - a[1])
  return first && first[1] !== second?.[1] ? first[0] : null
}
