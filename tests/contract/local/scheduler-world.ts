import { join } from 'node:path'
import { CloudSchedulerClient } from '@google-cloud/scheduler'
import { onTestFinished } from 'vitest'
import type { StackClock } from '#local/clock.ts'
import { type SchedulerOptions, startScheduler } from '#local/scheduler/start-scheduler.ts'
import { localSigner } from '#local/tokens.ts'
import { clientOptions, frozenClock, stateFolder, target } from '#tests/contract/local/world.ts'

export const LOCATION = 'projects/demo-adflux/locations/us-central1'
export const JOB = `${LOCATION}/jobs/sweep`
export const TOPIC = 'projects/demo-adflux/topics/tick-sweep'
const MINUTE = 60_000
export const HOUR = 60 * MINUTE

async function run(folder: string, clock: StackClock, pubsubHost: string, extra: Partial<SchedulerOptions> = {}) {
  const signer = await localSigner(join(folder, 'key.json'))
  const stateFile = join(folder, 'jobs.jsonl')
  const server = await startScheduler({ port: 0, stateFile, clock, signer, pubsubHost, ...extra })
  const client = new CloudSchedulerClient(clientOptions(server.port))
  let stopped = false
  const stop = async (): Promise<void> => {
    if (stopped) return
    stopped = true
    await client.close()
    await server.stop()
  }
  onTestFinished(stop)
  return { client, stop, signer }
}

/** A scheduler at the given virtual instant, beside a Pub/Sub endpoint that answers as told. */
export async function world(
  at: string,
  { answer = () => 200, ...extra }: Partial<SchedulerOptions> & { answer?: () => number } = {},
) {
  const folder = stateFolder()
  const clock = frozenClock(folder, Date.parse(at))
  const pubsub = await target(answer)
  const running = await run(folder, clock, pubsub.host, extra)
  const moveTo = (instant: string): number => clock.advance(Date.parse(instant) - clock.now())
  const restart = (meanwhile: () => void = () => {}) =>
    running.stop().then(() => {
      meanwhile()
      return run(folder, clock, pubsub.host, extra)
    })
  return { ...running, folder, clock, pubsub, moveTo, restart }
}

const pubsubTarget = { topicName: TOPIC, data: Buffer.from('tick'), attributes: { kind: 'sweep' } }
const everyMinute = { name: JOB, schedule: '* * * * *', timeZone: 'Etc/UTC', pubsubTarget }
export const create = async (client: CloudSchedulerClient, job: object = {}) =>
  (await client.createJob({ parent: LOCATION, job: { ...everyMinute, ...job } }))[0]
export const iso = (time: { seconds?: unknown } | null | undefined): string | undefined =>
  time ? new Date(Number(time.seconds) * 1000).toISOString() : undefined
export const read = async (client: CloudSchedulerClient) => (await client.getJob({ name: JOB }))[0]
