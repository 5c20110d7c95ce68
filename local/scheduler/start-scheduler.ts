import type { StackClock } from '#local/clock.ts'
import { type Log, loadService, type RunningServer, serveGrpc } from '#local/grpc.ts'
import { jobMethods } from '#local/scheduler/job-methods.ts'
import { openJobStore } from '#local/scheduler/job-store.ts'
import { runner } from '#local/scheduler/runner.ts'
import type { Deadline } from '#local/standin/send-request.ts'
import type { TokenSigner } from '#local/tokens.ts'

export interface SchedulerOptions {
  /** 0 takes a free one. */
  port: number
  /** Jobs live here and survive the process. */
  stateFile: string
  clock: StackClock
  signer: TokenSigner
  /** host:port of the Pub/Sub emulator; jobs with a Pub/Sub target are published there over REST. */
  pubsubHost: string
  log?: Log
  /** How an attempt deadline (real milliseconds) ends a request; AbortSignal.timeout unless a test replaces it. */
  deadline?: Deadline
}

/**
 * A Cloud Scheduler on this machine: google.cloud.scheduler.v1 over gRPC on 127.0.0.1, for the unmodified client. Jobs fire
 * on virtual time. Cron schedules, Pub/Sub and HTTP targets; no App Engine, no IAM.
 */
export function startScheduler(options: SchedulerOptions): Promise<RunningServer> {
  const { port, stateFile, clock, signer, pubsubHost, log = () => {}, deadline = AbortSignal.timeout } = options
  const service = loadService(
    '@google-cloud/scheduler',
    'google/cloud/scheduler/v1/cloudscheduler.proto',
    'google.cloud.scheduler.v1.CloudScheduler',
  )
  const open = () => {
    const store = openJobStore(stateFile)
    const jobs = runner(store, clock, { signer, deadline, pubsubHost }, log)
    return {
      methods: jobMethods(store, jobs, clock),
      close: () => {
        jobs.stop()
        store.close()
      },
    }
  }
  return serveGrpc({ port, service, open, log })
}
