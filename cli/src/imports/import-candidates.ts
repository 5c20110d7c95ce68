import type { Cli } from '../cli.ts'
import type { ImportAnswer } from './answer.ts'
import { type Sending, sendFile } from './send-file.ts'

/** The API's body cap is 1 MiB; the rest is for what stands around the records. */
const PART_BYTES = 900_000
const TIMEOUT_MS = 120_000

interface Options {
  map?: Record<string, string>
  currency?: string
}

/** JSON, NDJSON or CSV, compressed or not, in as many requests as it takes. */
export const importCandidates = (cli: Cli, path: string, options: Options): Promise<ImportAnswer> =>
  sendFile(cli, path, sendingCandidates(cli, options))

export const sendingCandidates = (cli: Cli, { map, currency }: Options): Sending => ({
  label: 'Candidates',
  limits: { rawBytes: PART_BYTES, partBytes: PART_BYTES },
  send: ({ bytes, contentType }) =>
    cli.api().send<ImportAnswer>({
      method: 'POST',
      path: '/v1/candidates/import',
      query: { mapping: map && JSON.stringify(map), currency: currency?.toUpperCase() },
      body: bytes,
      headers: { 'content-type': contentType },
      timeoutMs: TIMEOUT_MS,
    }),
})
