import type { Cli } from '../cli.ts'
import { Misuse } from '../failure.ts'
import type { ImportAnswer } from './answer.ts'
import { type Sending, sendFile } from './send-file.ts'

/** The API's body cap is 1 MiB; the rest is for what stands around the records. */
const PART_BYTES = 900_000
/** A request is answered within a minute: this many people are written well within it. */
const PART_RECORDS = 2000
const WHOLE_BYTES = 150_000
const TIMEOUT_MS = 120_000

interface Options {
  /** Column -> field; an empty field leaves the column out. */
  map?: Record<string, string>
  /** Of the salary column that `map` names. */
  currency?: string
  source?: string
}

/** JSON, NDJSON or CSV, compressed or not, in as many requests as it takes. */
export const importCandidates = (cli: Cli, path: string, options: Options): Promise<ImportAnswer> =>
  sendFile(cli, path, sendingCandidates(cli, options))

export const sendingCandidates = (cli: Cli, { map, currency, source }: Options): Sending => {
  const mapping = mappingOf(map, currency?.toUpperCase())
  return {
    label: 'Candidates',
    limits: { rawBytes: WHOLE_BYTES, partBytes: PART_BYTES, partRecords: PART_RECORDS },
    send: ({ bytes, contentType }) =>
      cli.api().send<ImportAnswer>({
        method: 'POST',
        path: '/v1/candidates/import',
        query: { mapping: mapping && JSON.stringify(mapping), source },
        body: bytes,
        headers: { 'content-type': contentType },
        timeoutMs: TIMEOUT_MS,
      }),
  }
}

const SALARY = /^desiredSalary(:|$)/i

/** The currency joins the salary's entry: "desiredSalary" -> "desiredSalary:COP". */
function mappingOf(map: Options['map'], currency: string | undefined): Record<string, string> | undefined {
  if (!currency) return map
  const column = Object.keys(map ?? {}).find((name) => SALARY.test(map?.[name] ?? ''))
  if (!map || column === undefined)
    throw new Misuse('--currency needs to know the column of the salary: --map <column>=desiredSalary')
  return { ...map, [column]: `${map[column]}:${currency}` }
}
