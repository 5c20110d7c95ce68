import type { JobRecord } from '#local/scheduler/job.ts'
import { openJournal } from '#local/standin/journal.ts'

/** Jobs, in memory and in the journal; every change is written before it returns. */
export interface JobStore {
  jobs: Map<string, JobRecord>
  save(job: JobRecord): void
  drop(job: JobRecord): void
  close(): void
}

/** The store whose journal is `file`. An attempt that was under way when the last process ended is made again. */
export function openJobStore(file: string): JobStore {
  const journal = openJournal(file, 'Cloud Scheduler')
  const jobs = new Map<string, JobRecord>()
  for (const [name, record] of journal.records) jobs.set(name, record as JobRecord)
  return {
    jobs,
    save: (job) => {
      jobs.set(job.spec.name, job)
      journal.put(job.spec.name, job)
    },
    drop: ({ spec }) => {
      jobs.delete(spec.name)
      journal.drop(spec.name)
    },
    close: () => journal.close(),
  }
}
