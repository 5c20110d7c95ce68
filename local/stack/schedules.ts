import { CloudSchedulerClient } from '@google-cloud/scheduler'
import { alreadyExists, standInOptions } from './client-options.ts'
import { LOCATION, PROJECT } from './environment.ts'
import type { FunctionsList, Schedule } from './functions-list.ts'

/** Every schedule of the list. Of one that users may set, the time they chose is kept. */
export async function createSchedules(list: FunctionsList, port: number): Promise<void> {
  const client = new CloudSchedulerClient(standInOptions(port))
  const parent = client.locationPath(PROJECT, LOCATION)
  await Promise.all(
    Object.entries(list.schedules).map(async ([name, schedule]) => {
      const job = asJob(name, client.jobPath(PROJECT, LOCATION, name), schedule)
      try {
        await client.createJob({ parent, job })
      } catch (error) {
        if (!alreadyExists(error)) throw error
        const paths = schedule.settable ? ['pubsub_target'] : ['pubsub_target', 'schedule', 'time_zone']
        await client.updateJob({ job, updateMask: { paths } })
      }
    }),
  )
  await client.close()
}

const asJob = (schedule: string, name: string, { cron, timeZone, topic }: Schedule) => ({
  name,
  schedule: cron,
  timeZone,
  pubsubTarget: { topicName: `projects/${PROJECT}/topics/${topic}`, attributes: { schedule } },
})
