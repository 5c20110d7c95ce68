import { z } from 'zod'
import { instantOf } from './dates.ts'
import type { JsonFormat } from './formats.ts'
import { type Mapped, type MappingContext, posting, rejectedBySchema } from './mapped.ts'
import { SchemaOrgPosting, schemaOrgWords } from './schema-org.ts'
import { ForeignId, ForeignTitle, isRecord, listIn, maybe, maybeText, single, unread } from './shapes.ts'
import { webUrl } from './text.ts'

/** JSON Feed 1.1 (jsonfeed.org) of a career site, each item with its schema.org posting. */
const Item = z.looseObject({
  id: ForeignId,
  title: ForeignTitle,
  url: maybeText,
  external_url: maybeText,
  content_html: maybeText,
  date_published: maybeText,
  date_modified: maybeText,
  _jobposting: maybe(SchemaOrgPosting),
})

const READ = ['id', 'title', 'url', 'content_html', 'date_published', 'date_modified']

function map(record: unknown, context: MappingContext): Mapped {
  const parsed = Item.safeParse(record)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const item = parsed.data
  const told = item._jobposting ? schemaOrgWords(item._jobposting, context) : {}
  return posting(
    {
      ...told,
      externalId: item.id,
      title: item.title,
      description: item.content_html ? context.html(item.content_html) : (told.description ?? ''),
      applyUrl: webUrl(item.url ?? item.external_url),
      postedAt: instantOf(item.date_published) ?? told.postedAt ?? null,
      extra: unread(record as object, item, READ),
    },
    { stamp: instantOf(item.date_modified) },
  )
}

export const teamtailor: JsonFormat = {
  detects: (document) =>
    isRecord(document) && Array.isArray(document.items) && String(document.version).startsWith('https://jsonfeed.org/'),
  records: (document) =>
    listIn(document, 'items') ?? (isRecord(document) && 'id' in document ? single(document) : undefined),
  map,
}
