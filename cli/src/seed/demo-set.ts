import { generate } from '#domain/demo/generate.ts'
import type { Input } from '../split/input.ts'

export interface DemoRequest {
  jobs: number
  candidates: number
  seed: number
}

/** Openings in the native format, and people as their import takes them. */
export type DemoSet = ReturnType<typeof generate>

/** The same for the same request, byte by byte. */
export const demoSet = (request: DemoRequest): DemoSet => generate(request)

/** One record a line. */
export const ndjson = (records: readonly object[]): Buffer =>
  Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''))

export function inputOf(name: string, bytes: Buffer): Input {
  return { name, size: bytes.length, chunks: once(bytes) }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
