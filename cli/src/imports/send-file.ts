import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'
import { progressBar } from '../progress.ts'
import { type Chunks, CONTENT_TYPE, type Frame, NotSplittable } from '../split/frame.ts'
import {
  beginning,
  type Input,
  inflated,
  inflatesBeyond,
  isGzip,
  joined,
  kindOf,
  openInput,
  splitting,
} from '../split/input.ts'
import { type Oversize, type Part, partsOf } from '../split/parts.ts'
import { addAnswers, type ImportAnswer, inWholeFile, tooLarge } from './answer.ts'

export interface Shipment {
  bytes: Buffer
  contentType: string
  gzip: boolean
}

export interface Limits {
  /** A file up to here goes as it is. */
  rawBytes: number
  /** Where compressed files are taken as they are: what may come out of one. Absent = they are inflated here. */
  inflatedBytes?: number
  /** Larger files go in parts of at most this. */
  partBytes: number
  partRecords?: number
}

export interface Sending {
  label: string
  limits: Limits
  send: (shipment: Shipment) => Promise<ImportAnswer>
}

/** A file, or stdin for `-`. */
export const sendFile = async (cli: Cli, path: string, sending: Sending): Promise<ImportAnswer> =>
  sendInput(cli, await openInput(cli.io, path), sending)

/** Sends it whole where it fits, else by records in as many pushes as it takes, and adds their answers. */
export async function sendInput(cli: Cli, input: Input, { label, limits, send }: Sending): Promise<ImportAnswer> {
  const seen = { bytes: 0 }
  const bar = progressBar(cli.io, Boolean(cli.flags().json), label, input.size ?? 0)
  try {
    const { head, rest } = await beginning(counted(input.chunks, seen), limits.rawBytes)
    if (head.length === 0) throw new Failure(`${input.name} is empty`)
    if (rest === null && (await fits(head, input, limits))) {
      const gzip = isGzip(head)
      const contentType = gzip ? 'application/octet-stream' : CONTENT_TYPE[kindOf(head, input.name)]
      return await send({ bytes: head, contentType, gzip })
    }
    const { kind, parts } = await inParts(head, rest, input, limits)
    let sum: ImportAnswer = { received: 0, rejected: 0, problems: [] }
    for await (const part of named(parts, input)) {
      const answer = isPart(part)
        ? inWholeFile(await sendPart(part, kind, send, sum, input), part)
        : tooLarge(part, limits.partBytes)
      sum = addAnswers(sum, answer)
      bar.at(seen.bytes, `${sum.received} records`)
    }
    return sum
  } finally {
    bar.end()
  }
}

async function* counted(chunks: Chunks, seen: { bytes: number }): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    seen.bytes += chunk.length
    yield chunk
  }
}

async function fits(head: Buffer, input: Input, limits: Limits): Promise<boolean> {
  if (!isGzip(head)) return true
  return limits.inflatedBytes !== undefined && !(await inflatesBeyond(head, limits.inflatedBytes, input.name))
}

async function inParts(head: Buffer, rest: Chunks | null, input: Input, { rawBytes, partBytes, partRecords }: Limits) {
  const text = isGzip(head) ? await beginning(inflated(joined(head, rest), input.name), rawBytes) : { head, rest }
  const kind = kindOf(text.head, input.name)
  return { kind, parts: partsOf(splitting(kind, text.head, text.rest, partBytes, input.name), partBytes, partRecords) }
}

const isPart = (part: Part | Oversize): part is Part => 'bytes' in part

/** Says which file it is that cannot be taken apart. */
async function* named(parts: AsyncIterable<Part | Oversize>, input: Input): AsyncGenerator<Part | Oversize> {
  try {
    yield* parts
  } catch (error) {
    if (!(error instanceof NotSplittable)) throw error
    throw new Failure(`${input.name} is too large for one push and cannot be split: ${error.message}`, {
      remedy: 'Give it as NDJSON, a JSON array, CSV or an XML feed of <job> elements.',
    })
  }
}

async function sendPart(part: Part, kind: Frame['kind'], send: Sending['send'], sum: ImportAnswer, input: Input) {
  try {
    return await send({ bytes: part.bytes, contentType: CONTENT_TYPE[kind], gzip: false })
  } catch (error) {
    if (!(error instanceof Failure) || sum.received === 0) throw error
    // What went before is kept; the same file again finds it unchanged.
    throw new Failure(`${input.name} was taken up to record ${sum.received}, then: ${error.message}`, {
      ...error.details,
      remedy: `${error.details.remedy ? `${error.details.remedy}. ` : ''}Run the same command again: what was taken stays`,
    })
  }
}
