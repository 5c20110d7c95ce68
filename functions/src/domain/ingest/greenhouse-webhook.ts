import { z } from 'zod'
import { instantOf } from './dates.ts'
import { employmentType, remoteKind } from './employment.ts'
import { type Mapped, type MappingContext, posting, rejectedBySchema, without } from './mapped.ts'
import { placesFromText } from './place.ts'
import { ForeignId, ForeignTitle, isRecord, maybe, maybeText } from './shapes.ts'

interface Webhook {
  action: string
  payload: Record<string, unknown>
}

export const isGreenhouseWebhook = (document: unknown): document is Webhook =>
  isRecord(document) && typeof document.action === 'string' && isRecord(document.payload)

/** Events about candidates, offers and interviews are no business of ours; neither is a job that is still a draft, or confidential. */
export const isJobEvent = ({ action, payload }: Webhook): boolean =>
  /^job_(created|updated|approved|deleted|closed|post_(created|updated|deleted))$/.test(action) &&
  !(isRecord(payload.job) && (payload.job.status === 'draft' || payload.job.confidential === true))

/** A job's webhook names the requisition; its board lists the posts made from it. */
const Requisition = z.looseObject({
  id: ForeignId,
  name: ForeignTitle,
  job_post_id: maybe(ForeignId),
  status: maybeText,
  created_at: maybeText,
  opened_at: maybeText,
  closed_at: maybeText,
  updated_at: maybeText,
  departments: maybe(z.array(z.looseObject({ name: maybeText }))),
  offices: maybe(
    z.array(
      z.looseObject({ name: maybeText, location: maybe(z.union([z.string(), z.looseObject({ name: maybeText })])) }),
    ),
  ),
  custom_fields: maybe(z.record(z.string(), z.looseObject({ name: maybeText, value: z.unknown() }))),
})

const Post = z.looseObject({
  id: ForeignId,
  title: ForeignTitle,
  location: maybe(z.union([z.string(), z.looseObject({ name: maybeText })])),
  content: maybeText,
  updated_at: maybeText,
  job_id: maybe(ForeignId),
  live: maybe(z.boolean()),
})

const Gone = z.looseObject({ id: ForeignId, closed_at: maybeText })

/** Prefixes a problem's pointer with where the part lies in the webhook. */
function under(place: string, mapped: Mapped): Mapped {
  if (mapped.kind !== 'rejected') return mapped
  return { ...mapped, problems: mapped.problems.map((problem) => ({ ...problem, at: `${place}${problem.at}` })) }
}

/** developers.greenhouse.io/webhooks.html, job events. */
export function greenhouseWebhook({ action, payload }: Webhook, context: MappingContext): Mapped {
  if (action === 'job_post_deleted')
    return under(
      '/payload',
      close(payload, (externalId) => ({ externalId })),
    )
  if (action.startsWith('job_post_')) return under('/payload', post(payload, context))
  if (action === 'job_deleted' || action === 'job_closed')
    return under(
      '/payload/job',
      close(payload.job, (group) => ({ group })),
    )
  return under('/payload/job', requisition(payload.job))
}

function close(raw: unknown, target: (id: string) => { externalId: string } | { group: string }): Mapped {
  const parsed = Gone.safeParse(raw)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const stamp = instantOf(parsed.data.closed_at)
  return { kind: 'close', target: target(parsed.data.id), closedReason: 'closed_by_source', stamp }
}

function requisition(raw: unknown): Mapped {
  const parsed = Requisition.safeParse(raw)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const job = parsed.data
  if (job.status === 'closed') return close(raw, (group) => ({ group }))
  const offices = (job.offices ?? []).flatMap(({ name, location }) => textOf(location) ?? name ?? [])
  const type = Object.values(job.custom_fields ?? {}).find(({ name }) => /^employment type$/i.test(name ?? ''))?.value
  return posting(
    {
      externalId: job.job_post_id ?? `job-${job.id}`,
      title: job.name,
      department: job.departments?.map(({ name }) => name).find(Boolean) ?? null,
      places: offices.flatMap((office) => placesFromText(office)),
      employmentType: typeof type === 'string' ? employmentType(type) : null,
      postedAt: instantOf(job.opened_at),
      group: job.id,
      extra: without(raw as object, ['id', 'name', 'job_post_id', 'departments', 'opened_at']),
    },
    { stamp: instantOf(job.updated_at ?? job.opened_at ?? job.created_at), partial: true },
  )
}

function post(raw: unknown, context: MappingContext): Mapped {
  const parsed = Post.safeParse(raw)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const job = parsed.data
  const changed = instantOf(job.updated_at)
  const place = textOf(job.location)
  return posting(
    {
      externalId: job.id,
      title: job.title,
      description: context.html(job.content ?? ''),
      places: placesFromText(place),
      remote: remoteKind(place),
      group: job.job_id ?? null,
      extra: without(raw as object, ['id', 'title', 'location', 'content', 'updated_at', 'job_id', 'live']),
    },
    {
      status: job.live === false ? 'closed' : 'open',
      // A millisecond early: the board's own record of the same change tells more and is to win.
      stamp: changed && new Date(Date.parse(changed) - 1).toISOString(),
    },
  )
}

const textOf = (location: string | { name?: string | null | undefined } | null | undefined): string | null =>
  typeof location === 'string' ? location : (location?.name ?? null)
