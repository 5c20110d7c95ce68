import { z } from 'zod'
import { Entity, Stored } from './entity.ts'
import { Id } from './ids.ts'
import { Place, SalaryPeriod } from './job.ts'
import { Currency } from './money.ts'
import { Instant } from './time.ts'

/** ISCED-like order; the index is the ordinal feature. */
export const EDUCATION_LEVELS = [
  'none',
  'primary',
  'secondary',
  'technical',
  'bachelor',
  'master',
  'doctorate',
] as const
export const EducationLevel = z.enum(EDUCATION_LEVELS)
export type EducationLevel = z.infer<typeof EducationLevel>

export const CONSENT_PURPOSES = ['recruiting', 'audience_ads'] as const
export const ConsentPurpose = z.enum(CONSENT_PURPOSES)
export type ConsentPurpose = z.infer<typeof ConsentPurpose>

/** As the source gave it: an hourly wage stays hourly, in integer minor units of its currency. */
export const DesiredSalary = z
  .object({ minor: z.int().nonnegative(), currency: Currency, period: SalaryPeriod })
  .meta({ id: 'DesiredSalary' })
export type DesiredSalary = z.infer<typeof DesiredSalary>

/** Why a candidate is in a segment: the model that said so and how near its centre the candidate lies (0 = at it). */
export const SegmentMembership = z.object({ segment: Id, model: Id, distance: z.number() })

/** The profile that segmentation reads. No identity: name, mail and phone live in Contact. */
export const CandidateProfile = z
  .object({
    externalId: z.string().max(500).nullable(),
    place: Place.nullable(),
    yearsExperience: z.number().min(0).max(80).nullable(),
    educationLevel: EducationLevel.nullable(),
    primarySkill: z.string().max(100).nullable(),
    skills: z.array(z.string().min(1).max(100)).max(200),
    desiredSalary: DesiredSalary.nullable(),
    desiredPosition: z.string().max(200).nullable(),
    languages: z.array(z.string().max(35)).max(20),
    availability: z.string().max(100).nullable(),
  })
  .meta({ id: 'CandidateProfile' })
export type CandidateProfile = z.infer<typeof CandidateProfile>

export const Candidate = Entity.extend({
  ...CandidateProfile.shape,
  ref: z.string(),
  source: z.string().max(100),
  membership: SegmentMembership.nullable(),
  /** The segment of `membership`, where a query can reach it. */
  segment: Id.nullable(),
  /** Purposes agreed to; the proof lies in consents. */
  consents: z.array(ConsentPurpose),
  /** SHA-256 (hex) of the record that was imported last: the same record again does not undo an edit made since. */
  recordHash: z.string(),
}).meta({ id: 'Candidate' })
export type Candidate = z.infer<typeof Candidate>

export const ContactDetails = z
  .object({
    name: z.string().max(200).nullable(),
    email: z.email().max(254).nullable(),
    /** E.164. */
    phone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'E.164, such as +573001234567')
      .nullable(),
  })
  .meta({ id: 'ContactDetails' })
export type ContactDetails = z.infer<typeof ContactDetails>

/** Same id as its candidate; read through the API only. */
export const Contact = Stored.extend(ContactDetails.shape)
  .extend({
    updatedAt: Instant,
    /** As the candidate's; over the contact details alone, so that no readable document holds a hash of them. */
    recordHash: z.string(),
  })
  .meta({ id: 'Contact' })
export type Contact = z.infer<typeof Contact>

export const Consent = Stored.extend({
  candidateId: Id,
  purpose: ConsentPurpose,
  granted: z.boolean(),
  /** Which text the person agreed to. */
  textVersion: z.string().max(100),
  source: z.string().max(100),
  at: Instant,
}).meta({ id: 'Consent' })
export type Consent = z.infer<typeof Consent>

export const STAGES = ['applied', 'screening', 'interview', 'offer', 'hired', 'rejected', 'withdrawn'] as const
export const Stage = z.enum(STAGES).meta({ id: 'Stage' })
export type Stage = z.infer<typeof Stage>

export const Application = Entity.extend({
  ref: z.string(),
  jobId: Id,
  candidateId: Id,
  stage: Stage,
  /** Where it came from: a campaign's click, or a name the caller gives. */
  source: z.string().max(100),
  campaignId: Id.nullable(),
  clickId: z.string().nullable(),
  appliedAt: Instant,
}).meta({ id: 'Application' })
export type Application = z.infer<typeof Application>

/** One redirect through our tracker. */
export const Click = Stored.extend({
  campaignId: Id,
  platform: z.string(),
  jobId: Id,
  at: Instant,
}).meta({ id: 'Click' })
export type Click = z.infer<typeof Click>
