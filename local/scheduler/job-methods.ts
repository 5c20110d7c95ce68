import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import type { StackClock } from '#local/clock.ts'
import { invalid, type Methods, notFound, Refusal } from '#local/grpc.ts'
import { timetable } from '#local/scheduler/cron.ts'
import { JOB_FIELDS, type JobRecord, type JobSpec, readJob, showJob, type WireJob } from '#local/scheduler/job.ts'
import type { JobStore } from '#local/scheduler/job-store.ts'
import type { Runner } from '#local/scheduler/runner.ts'
import { applyMask, page } from '#local/standin/wire.ts'

const LARGEST_PAGE = 500

/** The methods of CloudScheduler. */
export function jobMethods(store: JobStore, runner: Runner, clock: StackClock): Methods {
  const save = (job: JobRecord): object => {
    store.save(job)
    runner.wake()
    return showJob(job)
  }

  const mustBe = (job: JobRecord, state: JobRecord['state'], purpose: string): JobRecord => {
    if (job.state === state) return job
    throw new Refusal(status.FAILED_PRECONDITION, `Job ${job.spec.name} must be ${state} to be ${purpose}`)
  }

  return {
    ListJobs: (request: { parent?: string; pageSize?: number; pageToken?: string }) => {
      const parent = checkLocation(request.parent)
      const here = [...store.jobs.values()].filter(({ spec }) => spec.name.startsWith(`${parent}/jobs/`))
      here.sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1))
      const { items, nextPageToken } = page(here, ({ spec }) => spec.name, request, LARGEST_PAGE)
      return { jobs: items.map(showJob), nextPageToken }
    },
    GetJob: ({ name }: { name?: string }) => showJob(jobNamed(store, name)),
    CreateJob: ({ parent, job: wire = {} }: { parent?: string; job?: WireJob }) => {
      const name = checkJobName(wire.name || `${parent}/jobs/${randomUUID()}`, checkLocation(parent))
      if (store.jobs.has(name)) throw new Refusal(status.ALREADY_EXISTS, `Job ${name} already exists`)
      const spec = readJob(wire, name)
      const now = clock.now()
      return save({ spec, state: 'ENABLED', updatedAt: now, nextTick: nextTick(spec, now) })
    },
    UpdateJob: ({ job: wire = {}, updateMask }: { job?: WireJob; updateMask?: { paths?: string[] } }) => {
      const job = jobNamed(store, wire.name)
      const paths = updateMask?.paths?.length ? updateMask.paths : fieldsOf(wire)
      const changed = applyMask<WireJob>(withoutOtherTarget(job.spec, paths), wire, paths, JOB_FIELDS)
      const spec = readJob(changed, job.spec.name)
      const now = clock.now()
      const next = nextTick(spec, now)
      const moved = spec.schedule !== job.spec.schedule || spec.timeZone !== job.spec.timeZone
      Object.assign(job, { spec, updatedAt: now, nextTick: moved ? next : job.nextTick })
      return save(job)
    },
    DeleteJob: ({ name }: { name?: string }) => {
      store.drop(jobNamed(store, name))
      return {}
    },
    PauseJob: ({ name }: { name?: string }) => {
      const job = mustBe(jobNamed(store, name), 'ENABLED', 'paused')
      return save(Object.assign(job, { state: 'PAUSED', nextTick: undefined, execution: undefined }))
    },
    ResumeJob: ({ name }: { name?: string }) => {
      const job = mustBe(jobNamed(store, name), 'PAUSED', 'resumed')
      return save(
        Object.assign(job, { state: 'ENABLED', execution: undefined, nextTick: nextTick(job.spec, clock.now()) }),
      )
    },
    RunJob: ({ name }: { name?: string }) => {
      const job = jobNamed(store, name)
      runner.fire(job)
      return showJob(job)
    },
  }
}

const nextTick = ({ schedule, timeZone }: JobSpec, now: number): number | undefined =>
  timetable(schedule, timeZone).next(now)

/** Without a mask, UpdateJob changes the fields that the request sets. */
function fieldsOf(wire: WireJob): string[] {
  return Object.keys(wire).map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
}

/** The target is one of two: naming the other one replaces it. */
function withoutOtherTarget({ pubsubTarget, httpTarget, ...rest }: JobSpec, paths: string[]): WireJob {
  const names = (field: string): boolean => paths.some((path) => path === field || path.startsWith(`${field}.`))
  return {
    ...rest,
    ...(pubsubTarget && !names('http_target') ? { pubsubTarget } : {}),
    ...(httpTarget && !names('pubsub_target') ? { httpTarget } : {}),
  }
}

function jobNamed(store: JobStore, name: string | undefined): JobRecord {
  const job = store.jobs.get(name ?? '')
  if (job) return job
  checkJobName(name ?? '', checkLocation(name?.split('/jobs/')[0]))
  throw notFound(`Job ${name} does not exist`)
}

function checkLocation(parent: string | undefined): string {
  if (parent && /^projects\/[^/]+\/locations\/[^/]+$/.test(parent)) return parent
  throw invalid(`A location must be projects/PROJECT/locations/LOCATION, found "${parent ?? ''}"`)
}

function checkJobName(name: string, parent: string): string {
  const prefix = `${parent}/jobs/`
  if (name.startsWith(prefix) && /^[A-Za-z0-9_-]{1,500}$/.test(name.slice(prefix.length))) return name
  throw invalid(`A job's name must be ${prefix} and 1 to 500 letters, digits, hyphens or underscores, found "${name}"`)
}
