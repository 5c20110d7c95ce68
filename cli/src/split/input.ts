import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Failure } from '../failure.ts'
import type { Io } from '../io.ts'
import type { Chunks, Frame, Splitting } from './frame.ts'
import { splitJson } from './json.ts'
import { splitCsv, splitNdjson } from './lines.ts'
import { splitXml } from './xml.ts'

/** A file or stdin, opened. */
export interface Input {
  /** For messages: the path as it was given, or "stdin". */
  name: string
  /** Null for stdin. */
  size: number | null
  chunks: Chunks
}

const READABLE: Record<string, string> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by you',
  EISDIR: 'is a folder',
}

/** Throws Failure where it cannot be read. */
export async function openInput({ stdin, cwd }: Pick<Io, 'stdin' | 'cwd'>, path: string): Promise<Input> {
  if (path === '-') return { name: 'stdin', size: null, chunks: buffers(stdin) }
  const file = resolve(cwd, path)
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${path} ${READABLE[error.code ?? ''] ?? `cannot be read (${error.code})`}`)
  })
  if (found.isDirectory()) throw new Failure(`${path} is a folder`, { remedy: 'Give it one file at a time.' })
  return { name: path, size: found.size, chunks: buffers(createReadStream(file, { highWaterMark: 256 * 1024 })) }
}

async function* buffers(stream: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer)
}

/** Everything where it is at most `limit` bytes, else the beginning and the rest. */
export async function beginning(chunks: Chunks, limit: number): Promise<{ head: Buffer; rest: Chunks | null }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const seen: Buffer[] = []
  for (let size = 0; size <= limit; ) {
    const { done, value } = await iterator.next()
    if (done) return { head: Buffer.concat(seen), rest: null }
    seen.push(value)
    size += value.length
  }
  const head = Buffer.concat(seen)
  return { head, rest: { [Symbol.asyncIterator]: () => iterator } }
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

export async function* joined(head: Buffer, rest: Chunks | null): AsyncGenerator<Buffer> {
  yield head
  if (rest) yield* rest
}

/** Throws Failure where the stream is no whole gzip. */
export async function* inflated(chunks: Chunks, name: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  const fed = pipeline(chunks, gunzip).catch(() => undefined)
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (error) {
    throw new Failure(`${name} is a broken gzip file: ${error instanceof Error ? error.message : String(error)}`, {
      remedy: 'Make it again, or give the file without compression.',
    })
  } finally {
    gunzip.destroy()
    await fed
  }
}

/** Inflates only as far as the limit: true where more would come out. */
export async function inflatesBeyond(bytes: Buffer, limit: number, name: string): Promise<boolean> {
  let size = 0
  for await (const chunk of inflated(joined(bytes, null), name)) {
    size += chunk.length
    if (size > limit) return true
  }
  return false
}

/** What a file is, from its first bytes; the name decides where they could mean two things. */
export function kindOf(head: Buffer, name: string): Frame['kind'] {
  const start = head
    .subarray(0, 1024 * 1024)
    .toString('utf8')
    .replace(/^[\s\uFEFF]+/, '')
  if (start.startsWith('<')) return 'xml'
  if (start.startsWith('[')) return 'json'
  if (!start.startsWith('{')) return 'csv'
  const objectsOnLines = /^.*\}[ \t\r]*\n\s*\{/.test(start)
  return objectsOnLines || /\.(ndjson|jsonl)(\.gz)?$/i.test(name) ? 'ndjson' : 'json'
}

const SPLITTERS = { json: splitJson, ndjson: splitNdjson, csv: splitCsv, xml: splitXml }

/** `bound`: the largest record that is kept whole. Throws Failure for an encoding in which records cannot be found. */
export function splitting(
  kind: Frame['kind'],
  head: Buffer,
  rest: Chunks | null,
  bound: number,
  name: string,
): Splitting {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    throw new Failure(`${name} is written in UTF-16 and too large for one push`, {
      remedy: `Convert it first: iconv -f UTF-16 -t UTF-8 ${name}`,
    })
  return SPLITTERS[kind](joined(head, rest), bound)
}
