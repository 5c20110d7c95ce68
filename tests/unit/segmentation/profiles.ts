import type { SegmentedProfile } from '#domain/segmentation/features.ts'

/** A profile of which nothing is known but what is given. */
export const profile = (known: Partial<SegmentedProfile> = {}): SegmentedProfile => ({
  place: null,
  yearsExperience: null,
  educationLevel: null,
  primarySkill: null,
  skills: [],
  desiredSalary: null,
  ...known,
})

export const city = (name: string, country = 'CO') => ({ text: name, city: name, country })

export const monthly = (minor: number, currency = 'COP') => ({ minor, currency, period: 'MONTH' as const })
