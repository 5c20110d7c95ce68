import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { DomainError } from '#domain/errors.ts'
import type { FeedFormat } from '#domain/feed.ts'
import type { IntakeItem } from '#domain/ingest/item.ts'
import type { MappingContext } from '#domain/ingest/mapped.ts'
import { XML_FORMATS, type XmlFormatName } from '#domain/ingest/xml-feeds.ts'
import { encodingOf, isGzip } from './bytes.ts'
import { streamCsv } from './csv.ts'
import { csvItem, xmlItem } from './items.ts'
import { readPushed } from './read.ts'
import { xmlReader } from './xml.ts'

const MIB = 1024 * 1024
/** DESIGN.md 7: a feed is streamed up to here; JSON must be held whole and so ends earlier. */
const MAX_STREAM = 200 * MIB
const MAX_JSON = 50 * MIB
const MAX_RATIO = 100

const isXml = (format: FeedFormat): format is XmlFormatName => format in XML_FORMATS

/**
 * Reads a fetched feed record by record; memory does not grow with it, JSON excepted. Throws what readPushed throws, possibly after
 * records were already handed out.
 */
export async function* readPulled(
  body: AsyncIterable<Uint8Array>,
  format: FeedFormat,
  context: MappingContext,
): AsyncGenerator<IntakeItem> {
  const bytes = capped(inflating(capped(body, MAX_STREAM)), MAX_STREAM)
  if (isXml(format)) yield* xmlItems(decoded(bytes), format, context)
  else if (format === 'csv') yield* csvItems(decoded(bytes), context)
  else yield* readPushed(await whole(bytes), { format }, context).items
}

async function* xmlItems(chunks: AsyncIterable<string>, format: XmlFormatName, context: MappingContext) {
  const { roots, records } = XML_FORMATS[format]
  const reader = xmlReader(records)
  let index = 0
  const checked = (): void => {
    const root = reader.root()
    if (root && !roots.includes(root))
      throw new DomainError('unprocessable', `The document is <${root}>, not ${format}`, {
        remedy: 'Correct the format or the address of the feed.',
      })
  }
  for await (const chunk of chunks) {
    const found = reader.write(chunk)
    checked()
    for (const record of found) yield xmlItem(format, record, index++, context)
  }
  for (const record of reader.end()) yield xmlItem(format, record, index++, context)
  checked()
}

async function* csvItems(chunks: AsyncIterable<string>, context: MappingContext) {
  let index = 0
  for await (const row of streamCsv(chunks)) yield csvItem(row, index++, context)
}

async function* capped(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > limit)
      throw new DomainError('too_large', `The feed is larger than ${limit / MIB} MiB`, {
        remedy: 'Split it into several feeds.',
      })
    yield chunk
  }
}

/** Gzip is told by its first bytes; what a server says about it is often wrong. */
async function* inflating(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) return
  let raw = 0
  const all = (async function* () {
    for (let next: IteratorResult<Uint8Array> = first; !next.done; next = await iterator.next()) {
      raw += next.value.length
      yield next.value
    }
  })()
  if (!isGzip(first.value)) return yield* all
  let size = 0
  // The callback only keeps the failure from being nobody's; the loop meets it as well.
  const inflated = pipeline(Readable.from(all, { objectMode: false }), createGunzip(), () => undefined)
  try {
    for await (const chunk of inflated) {
      size += chunk.length
      if (size > MIB && size > raw * MAX_RATIO)
        throw new DomainError('too_large', `The feed inflates more than ${MAX_RATIO} times`, {
          remedy: 'Serve it without compression.',
        })
      yield chunk
    }
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith('Z_')) throw error
    throw new DomainError('invalid', 'The feed is not whole gzip data', {
      remedy: 'Try again; the transfer may have broken.',
    })
  }
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  try {
    for await (const chunk of chunks) {
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder?.decode() ?? ''
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new DomainError('invalid', `The feed is not valid ${decoder?.encoding.toUpperCase()}`, {
      remedy: 'Serve it as UTF-8.',
    })
  }
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of capped(chunks, MAX_JSON)) parts.push(chunk)
  return Buffer.concat(parts)
}
