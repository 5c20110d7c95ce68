import { CloudSchedulerClient, type protos } from '@google-cloud/scheduler'
import { DomainError, notFound } from '#domain/errors.ts'
import type { Environment } from '#functions/lib/env.ts'
import { clientOptions } from '#functions/lib/google-clients.ts'
import { settableSchedules } from '#functions/lib/manifest.ts'
import type { Schedule, Schedules } from '#functions/ports/index.ts'

type Job = protos.google.cloud.scheduler.v1.IJob
type Timestamp = protos.google.protobuf.ITimestamp

const INVALID_ARGUMENT = 3
const NOT_FOUND = 5

const instant = (time: Timestamp | null | undefined): string | null =>
  time?.seconds ? new Date(Number(time.seconds) * 1000).toISOString() : null

const toSchedule = (job: Job): Schedule => ({
  name: job.name?.split('/').at(-1) ?? '',
  cron: job.schedule ?? '',
  timeZone: job.timeZone ?? 'Etc/UTC',
  state: job.state === 'PAUSED' || job.state === 2 ? 'paused' : 'enabled',
  nextRunAt: instant(job.scheduleTime),
  lastRunAt: instant(job.lastAttemptTime),
})

/** Only the schedules that functions.json calls settable are shown and changed. */
export function cloudSchedules(env: Environment): Schedules {
  const client = new CloudSchedulerClient(clientOptions(env.projectId, env.local?.schedulerHost))
  const nameOf = (schedule: string): string => client.jobPath(env.projectId, env.location, schedule)

  return {
    async list() {
      const [jobs] = await client.listJobs({ parent: client.locationPath(env.projectId, env.location) })
      return jobs
        .map(toSchedule)
        .filter(({ name }) => settableSchedules().includes(name))
        .sort((a, b) => a.name.localeCompare(b.name))
    },

    async set(schedule, { cron, timeZone, paused }) {
      if (!settableSchedules().includes(schedule)) throw notFound('schedule', schedule)
      const name = nameOf(schedule)
      try {
        const [current] = await client.getJob({ name })
        if (cron || timeZone)
          await client.updateJob({
            job: { ...current, schedule: cron ?? current.schedule ?? '', timeZone: timeZone ?? current.timeZone ?? '' },
            updateMask: { paths: ['schedule', 'time_zone'] },
          })
        if (paused === true) await client.pauseJob({ name })
        if (paused === false) await client.resumeJob({ name })
        const [job] = await client.getJob({ name })
        return toSchedule(job)
      } catch (error) {
        const { code, message } = error as { code?: number; message: string }
        if (code === NOT_FOUND) throw notFound('schedule', schedule)
        if (code === INVALID_ARGUMENT)
          throw new DomainError('invalid', `The scheduler refuses it: ${message}`, {
            remedy: 'Give five cron fields such as "0 3 * * *" and an IANA zone such as America/Bogota.',
          })
        throw error
      }
    },
  }
}
