import type { Cli } from '../cli.ts'
import type { ImportAnswer } from './answer.ts'
import { type Sending, sendFile } from './send-file.ts'

const MIB = 1024 * 1024
/** What one push may carry; parts stay well below, so that each is answered soon. */
const LIMITS = { rawBytes: 10 * MIB, inflatedBytes: 50 * MIB, partBytes: 8 * MIB }
const TIMEOUT_MS = 300_000

interface Options {
  format?: string
  source?: string
}

/** Pushes a file to `ingest-jobs` as an ATS would. */
export const importJobs = (cli: Cli, path: string, options: Options): Promise<ImportAnswer> =>
  sendFile(cli, path, sendingJobs(cli, options))

export const sendingJobs = (cli: Cli, { format, source }: Options): Sending => ({
  label: 'Jobs',
  limits: LIMITS,
  send: ({ bytes, contentType, gzip }) =>
    cli.ingest().send<ImportAnswer>({
      method: 'POST',
      path: '/v1/jobs',
      query: { format, source },
      body: bytes,
      headers: { 'content-type': contentType, ...(gzip && { 'content-encoding': 'gzip' }) },
      timeoutMs: TIMEOUT_MS,
    }),
})
