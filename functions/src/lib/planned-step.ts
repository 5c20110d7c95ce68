import type { PlannedStep } from '#domain/plan.ts'
import { hashOf } from './hash.ts'

/** A step with the digest by which a later plan tells whether its object has changed. */
export const plannedStep = (step: Omit<PlannedStep, 'digest'>): PlannedStep => ({
  ...step,
  digest: hashOf([step.level, step.payload]).slice(0, 16),
})
