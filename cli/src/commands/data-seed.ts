import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { Failure, Misuse } from '../failure.ts'
import type { ImportAnswer } from '../imports/answer.ts'
import { sendingCandidates } from '../imports/import-candidates.ts'
import { sendingJobs } from '../imports/import-jobs.ts'
import { sendInput } from '../imports/send-file.ts'
import { progressBar } from '../progress.ts'
import { DEFAULT_MODEL } from '../seed/ask-gemini.ts'
import { type DemoRequest, type DemoSet, demoSet, inputOf, ndjson } from '../seed/demo-set.ts'
import { geminiSet } from '../seed/gemini-set.ts'
import { stayLocal } from '../seed/stay-local.ts'
import { does, examples } from '../verb.ts'

/** The demo organisation's people bear the same source. */
const SOURCE = 'demo'
/** A model is asked for ten records at a time. */
const MOST_BY_GEMINI = 500

interface SeedOptions extends DemoRequest {
  gemini?: boolean
  out?: string
}

export function dataSeed(data: Command, cli: Cli): void {
  const command = data
    .command('seed')
    .description('invented openings and people, the same for the same seed')
    .option('--jobs <n>', 'how many openings', wholeNumber(0, 100_000), 20)
    .option('--candidates <n>', 'how many people', wholeNumber(0, 100_000), 50)
    .option('--seed <n>', 'another seed, another set', wholeNumber(0, 2 ** 31 - 1), 7)
    .option('--gemini', 'let Gemini write titles, texts and skills (key in GEMINI_API_KEY)')
    .option('--out <folder>', 'write jobs.ndjson and candidates.ndjson there instead of pushing them')
  examples(command, [
    'data seed --jobs 20 --candidates 50 --seed 7',
    'data seed --out demo && adflux jobs import demo/jobs.ndjson',
  ])
  does(command, async () => {
    const options = command.opts<SeedOptions>()
    const set = options.gemini ? await byGemini(cli, options) : demoSet(options)
    await (options.out === undefined ? push(cli, set, options.seed) : write(cli, set, options.out))
  })
}

async function byGemini(cli: Cli, request: SeedOptions): Promise<DemoSet> {
  const { jobs, candidates, out } = request
  if (jobs + candidates > MOST_BY_GEMINI) throw new Misuse(`--gemini writes at most ${MOST_BY_GEMINI} records at once`)
  const { GEMINI_API_KEY: key, GEMINI_MODEL: model } = cli.io.env
  if (!key)
    throw new Failure('There is no key for Gemini', {
      remedy: 'Set GEMINI_API_KEY, or leave --gemini out: the generator needs no model',
    })
  try {
    stayLocal(cli.profile())
  } catch (error) {
    // Files are written without any AdFlux.
    if (!(error instanceof Failure) || out === undefined) throw error
  }
  const bar = progressBar(cli.io, Boolean(cli.flags().json), 'Gemini', jobs + candidates)
  try {
    const gemini = { key, model: model || DEFAULT_MODEL, pause: cli.io.pause }
    return await geminiSet(gemini, request, { at: (done) => bar.at(done, `${done} records`) })
  } finally {
    bar.end()
  }
}

async function push(cli: Cli, { jobs, candidates }: DemoSet, seed: number): Promise<void> {
  const openings = await sent(jobs, () => sendInput(cli, inputOf('the openings', ndjson(jobs)), sendingJobs(cli, {})))
  const people = await sent(candidates, () =>
    sendInput(cli, inputOf('the candidates', ndjson(candidates)), sendingCandidates(cli, { source: SOURCE })),
  )
  cli.out.result({ seed, jobs: openings, candidates: people }, () =>
    cli.out.details([
      ['openings', told(cli, openings)],
      ['candidates', told(cli, people)],
    ]),
  )
  const rejected = openings.rejected + people.rejected
  if (rejected > 0)
    throw new Failure(`${rejected} invented records were rejected`, {
      problems: [...openings.problems, ...people.problems],
    })
}

const NOTHING: ImportAnswer = { received: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, problems: [] }
const sent = async (records: readonly unknown[], send: () => Promise<ImportAnswer>): Promise<ImportAnswer> =>
  records.length === 0 ? NOTHING : send()

const told = ({ out }: Cli, { received, created, updated, unchanged }: ImportAnswer): string =>
  `${out.format.integer(received)}: ${created} created, ${updated} updated, ${unchanged} unchanged`

async function write(cli: Cli, { jobs, candidates }: DemoSet, out: string): Promise<void> {
  const folder = resolve(cli.io.cwd, out)
  const files = await Promise.all(
    [
      { name: 'jobs.ndjson', records: jobs },
      { name: 'candidates.ndjson', records: candidates },
    ].map(async ({ name, records }) => {
      const bytes = ndjson(records)
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, name), bytes)
      return {
        file: join(out, name),
        records: records.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }
    }),
  )
  cli.out.result({ files }, () =>
    cli.out.table<(typeof files)[number]>(
      [
        { head: 'FILE', of: (f) => f.file },
        { head: 'RECORDS', of: (f) => cli.out.format.integer(f.records), align: 'right' },
        { head: 'SHA-256', of: (f) => f.sha256 },
      ],
      files,
    ),
  )
}
