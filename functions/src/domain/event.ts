import { z } from 'zod'
import { Id } from './ids.ts'
import { Instant } from './time.ts'

export const EVENT_TYPES = [
  'jobs.changed',
  'job.opened',
  'job.closed',
  'candidates.changed',
  'application.received',
  'campaign.changed',
  'channel.changed',
  'model.trained',
  'org.stopped',
  'org.released',
] as const

/** A CloudEvent's data on the topic `domain-events`. An import batch emits one event that lists its subjects. */
export const DomainEvent = z
  .object({
    id: Id,
    type: z.enum(EVENT_TYPES),
    org: Id,
    subjects: z.array(z.string()),
    at: Instant,
    correlationId: z.string(),
  })
  .meta({ id: 'DomainEvent' })
export type DomainEvent = z.infer<typeof DomainEvent>
export type EventType = DomainEvent['type']
