import { z } from 'zod'
import { SCHEMA_VERSION, Stored } from './entity.ts'
import { Instant } from './time.ts'

/** One condition that needs a person; opened once, closed when it is over. */
export const Incident = Stored.extend({
  kind: z.enum(['platform_auth', 'platform_refusal', 'feed_failing', 'dead_letter']),
  subject: z.string(),
  message: z.string(),
  suggestedAction: z.string(),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  /** Since it was opened. */
  occurrences: z.int(),
}).meta({ id: 'Incident' })
export type Incident = z.infer<typeof Incident>

/** Told once to the administrators when an incident opens; stays until one of them has read it. */
export const Notice = Stored.extend({
  to: z.literal('admin'),
  /** The incident's id. */
  incident: z.string(),
  kind: Incident.shape.kind,
  subject: z.string(),
  message: z.string(),
  suggestedAction: z.string(),
  at: Instant,
  readBy: z.string().nullable(),
  readAt: Instant.nullable(),
}).meta({ id: 'Notice' })
export type Notice = z.infer<typeof Notice>

export type Trouble = Pick<Incident, 'id' | 'kind' | 'subject' | 'message' | 'suggestedAction'>

/** What an occurrence makes of the incident as it was; a notice comes with an opening alone, and a refusal is the recruiter's own business. */
export function occurred(
  before: Incident | undefined,
  trouble: Trouble,
  now: string,
): { incident: Incident; notice: Omit<Notice, 'id'> | null } {
  const open = before && before.closedAt === null ? before : undefined
  const { id, ...told } = trouble
  return {
    incident: {
      ...trouble,
      schemaVersion: SCHEMA_VERSION,
      openedAt: open?.openedAt ?? now,
      closedAt: null,
      occurrences: (open?.occurrences ?? 0) + 1,
    },
    notice:
      open || trouble.kind === 'platform_refusal'
        ? null
        : { ...told, schemaVersion: SCHEMA_VERSION, to: 'admin', incident: id, at: now, readBy: null, readAt: null },
  }
}
