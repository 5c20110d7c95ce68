import { z } from 'zod'
import { IngestCounts } from '../feed.ts'
import { JobStatus } from '../job.ts'

/** What became of one record. */
export const OUTCOMES = ['created', 'updated', 'unchanged', 'closed', 'stale', 'merged', 'rejected'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** A rejected record: its place in the input counted from 0, where exactly (JSON pointer or line), what is wrong, how to mend it. */
export const IngestProblem = z
  .object({ index: z.int(), at: z.string(), message: z.string(), remedy: z.string() })
  .meta({ id: 'IngestProblem' })
export type IngestProblem = z.infer<typeof IngestProblem>

export const IngestedJob = z
  .object({
    externalId: z.string(),
    id: z.string(),
    ref: z.string(),
    status: JobStatus,
    outcome: z.enum(OUTCOMES),
  })
  .meta({ id: 'IngestedJob' })
export type IngestedJob = z.infer<typeof IngestedJob>

/** How many problems and jobs an answer lists; the counts tell of all. */
export const LISTED_PROBLEMS = 1000
export const LISTED_JOBS = 100

export const IngestResult = IngestCounts.extend({
  problems: z.array(IngestProblem).meta({ description: `The first ${LISTED_PROBLEMS} rejected records` }),
  jobs: z.array(IngestedJob).meta({ description: `The first ${LISTED_JOBS} openings` }),
}).meta({ id: 'IngestResult' })
export type IngestResult = z.infer<typeof IngestResult>

export const emptyResult = (): IngestResult => ({
  received: 0,
  ...{ created: 0, updated: 0, unchanged: 0, closed: 0, stale: 0, merged: 0, rejected: 0 },
  problems: [],
  jobs: [],
})

/** Counts `n` records of one outcome; `received` is the sum of the others by construction. */
export function count(result: IngestResult, outcome: Outcome, n = 1): void {
  result[outcome] += n
  result.received += n
}

/** `b`'s counts and lists added to `a`. */
export function addResult(a: IngestResult, b: IngestResult): void {
  for (const outcome of OUTCOMES) count(a, outcome, b[outcome])
  a.problems.push(...b.problems.slice(0, LISTED_PROBLEMS - a.problems.length))
  a.jobs.push(...b.jobs.slice(0, LISTED_JOBS - a.jobs.length))
}
