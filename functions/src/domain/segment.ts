import { z } from 'zod'
import { Entity, Stored } from './entity.ts'
import { Id } from './ids.ts'
import { SalaryPeriod } from './job.ts'
import { Instant } from './time.ts'

/** A trait that sets a segment apart: its share inside, outside, and lift = inside / overall. */
export const Trait = z.object({ value: z.string(), share: z.number(), overall: z.number(), lift: z.number() })
export type Trait = z.infer<typeof Trait>

/** What is known of a segment's members; the only thing an ad's targeting is made from. */
export const SegmentEvidence = z
  .object({
    size: z.int(),
    share: z.number(),
    skills: z.array(Trait),
    places: z.array(Trait.extend({ city: z.string().optional(), country: z.string().optional() })),
    education: z.array(Trait),
    /** Means over members whose value is known; null when none is. */
    yearsExperience: z.number().nullable(),
    desiredSalaryMinor: z.number().nullable(),
    currency: z.string().nullable(),
    salaryPeriod: SalaryPeriod.nullable(),
  })
  .meta({ id: 'SegmentEvidence' })
export type SegmentEvidence = z.infer<typeof SegmentEvidence>

export const Segment = Entity.extend({
  /** Identity over re-trainings. */
  name: z.object({ es: z.string(), en: z.string() }),
  model: Id,
  /** Index of the cluster in that model. */
  cluster: z.int(),
  evidence: SegmentEvidence,
  active: z.boolean(),
}).meta({ id: 'Segment' })
export type Segment = z.infer<typeof Segment>

/** Recorded per training; `payload` is the engine's own JSON (encoder and centroids), enough to label again. */
export const Model = Stored.extend({
  engine: z.enum(['ml-kmeans', 'sparse']),
  k: z.int(),
  seed: z.int(),
  /** Candidates it was fitted on: a sample of `population` where that is larger than one training reads. */
  n: z.int(),
  population: z.int(),
  inertia: z.number(),
  iterations: z.int(),
  /** Cluster index -> segment id. */
  segments: z.array(Id),
  trainedAt: Instant,
  payload: z.string(),
}).meta({ id: 'Model' })
export type Model = z.infer<typeof Model>

/** Why the last tick trained or did not. */
export const TrainingState = Stored.extend({
  current: Id.nullable(),
  candidatesAtTraining: z.int(),
  /** When the newest training began to read: a candidate created later is new to it. */
  readAt: Instant.nullable(),
  /** The model whose memberships are written in full; behind `current` when a training died in between. */
  assignedModel: Id.nullable(),
  lastDecision: z.object({ at: Instant, trained: z.boolean(), reason: z.string() }).nullable(),
}).meta({ id: 'TrainingState' })
export type TrainingState = z.infer<typeof TrainingState>
