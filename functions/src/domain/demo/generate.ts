import { demoCandidate } from './candidate.ts'
import { demoJob } from './job.ts'

export interface DemoRequest {
  jobs: number
  candidates: number
  seed: number
}

/** As `ingest-jobs` takes them, format native. */
export type DemoJob = ReturnType<typeof demoJob>
/** As the import of candidates takes them, JSON. */
export type DemoCandidate = ReturnType<typeof demoCandidate>

/**
 * Invented openings and people of Latin America and Spain, the same for the same request, byte by byte; the first n of a longer list
 * are those of a shorter one. Shares of countries, cities, fields, education and pay stand in places.ts and fields.ts; beyond those:
 * three of four openings are in Spanish, four of five name their pay; half of a field's people live in its home city; of the
 * candidates 95 % tell their education, 80 % a wage, 90 % agree to recruiting and 60 % to their address being used for ads. Years
 * gather around those of the field, pay grows by 6 % a year. Mail addresses, phones and web addresses are of ranges that belong to
 * nobody (RFC 2606, 555-01xx).
 */
export function generate({ jobs, candidates, seed }: DemoRequest): { jobs: DemoJob[]; candidates: DemoCandidate[] } {
  return {
    jobs: Array.from({ length: jobs }, (_, i) => demoJob(seed, i)),
    candidates: Array.from({ length: candidates }, (_, i) => demoCandidate(seed, i)),
  }
}
