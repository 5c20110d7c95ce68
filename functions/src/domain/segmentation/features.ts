import type { CandidateProfile, DesiredSalary } from '../candidate.ts'
import type { Place } from '../job.ts'
import { normal } from './normal.ts'

/** What segmentation reads of a profile, and nothing else: no name, age, gender or postcode can reach a segment. */
export type SegmentedProfile = Pick<
  CandidateProfile,
  'place' | 'yearsExperience' | 'educationLevel' | 'primarySkill' | 'skills' | 'desiredSalary'
>

/** Category of a value that is not known. */
export const UNKNOWN = 'unknown'

/** Where somebody is, as one category: the city, else the region, else the country, else what was written. */
export function placeKey(place: Place | null): string {
  if (!place) return UNKNOWN
  const narrow = place.city ?? place.region
  if (narrow) return place.country ? `${normal(narrow)}|${place.country}` : normal(narrow)
  return place.country ? `|${place.country}` : normal(place.text) || UNKNOWN
}

export const skillKey = (skill: string | null): string => (skill && normal(skill)) || UNKNOWN

/** Each skill once, whatever its spelling. */
export const skillKeys = (profile: SegmentedProfile): string[] => [
  ...new Set(profile.skills.map(normal).filter((key) => key !== '')),
]

/** Paid hours, days, weeks and months of a full-time year. */
const PER_YEAR = { HOUR: 2080, DAY: 260, WEEK: 52, MONTH: 12, YEAR: 1 } as const

/** Minor units a year: what makes an hourly wage comparable with a yearly one of the same currency. */
export const yearly = ({ minor, period }: DesiredSalary): number => minor * PER_YEAR[period]
