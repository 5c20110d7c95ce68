import { z } from 'zod'
import { system } from '#domain/actor.ts'
import { DomainError } from '#domain/errors.ts'
import { PLATFORMS, type PlatformKey } from '#domain/ids.ts'
import { firestoreCensus } from '#functions/adapters/firestore/census.ts'
import { firestoreKillSwitch } from '#functions/adapters/firestore/kill-switch.ts'
import { firestoreStore } from '#functions/adapters/firestore/store.ts'
import { adPlatforms, type Loaders } from '#functions/adapters/platforms/platforms.ts'
import { driveChannel } from '#functions/capabilities/campaigns/drive-channel.ts'
import { haltCampaigns, haltStopped } from '#functions/capabilities/campaigns/halt.ts'
import { HeldElsewhere } from '#functions/capabilities/campaigns/lease.ts'
import { pauseForJob } from '#functions/capabilities/campaigns/pause-for-job.ts'
import { removeStrays } from '#functions/capabilities/campaigns/remove-strays.ts'
import { wakeLate } from '#functions/capabilities/campaigns/wake-late.ts'
import { expireJobs } from '#functions/capabilities/jobs/expire-jobs.ts'
import { syncAccount } from '#functions/capabilities/metrics/sync-account.ts'
import { SyncPayload, syncQueue } from '#functions/capabilities/metrics/turn.ts'
import { relayOutbox } from '#functions/capabilities/outbox/relay-outbox.ts'
import { log, loggable } from '#functions/lib/log.ts'
import type { AdPlatforms, Clock, TaskRequest } from '#functions/ports/index.ts'
import { memorySecrets } from '#tests/support/world.ts'
import type { Seams } from './ablations.ts'
import type { createLedger } from './create-ledger.ts'
import { cloudTasks, pubsub } from './deliveries.ts'
import { memoryFirestore } from './firestore/client.ts'
import type { Disk } from './firestore/disk.ts'
import { ORG } from './organisation.ts'
import type { SimulatedPlatform } from './platform.ts'
import type { Profile } from './profile.ts'
import type { Random } from './random.ts'
import type { switchWatch } from './switch-watch.ts'
import { tenantOnly } from './tenancy.ts'
import type { Timeline } from './timeline.ts'
import { CANARY_TOKEN, type FaultPlan, startWorker } from './worker.ts'

const SWEEP_MS = 60_000
const MENDS_ITSELF = ['unavailable', 'conflict', 'unprocessable']
const Drive = z.object({ campaignId: z.string(), platform: z.enum(PLATFORMS), epoch: z.int() })

export interface CloudOptions {
  time: Timeline
  random: Random
  disk: Disk
  plan: FaultPlan
  /** Of now: calm once faults have stopped. */
  weather: () => Profile
  accounts: Partial<Record<PlatformKey, SimulatedPlatform>>
  seams: Seams
  ledger: ReturnType<typeof createLedger>
  switches: ReturnType<typeof switchWatch>
  breach: (what: string) => void
}

export type WorkerPorts = ReturnType<ReturnType<typeof simulatedCloud>['portsFor']>

/** The product's own verbs behind the cloud's triggers; what entry/ does with each is done here in the same order. */
export function simulatedCloud(options: CloudOptions) {
  const { time, random, disk, plan, weather, accounts, seams, ledger, switches, breach } = options
  const realNow = () => new Date(time.now())
  let running = 0
  const acting = new Set<symbol>()

  function portsFor(name: string, org: string | null, again: () => void) {
    const touch = tenantOnly(name, org, breach)
    const worker = startWorker(name, { disk, time, random, plan, touch }, again)
    const skew = random.between(-1, 1) * weather().skewMs
    const clock: Clock = { now: () => new Date(time.now() + skew) }
    const events = worker.events(topic)
    const store = seams.store()(firestoreStore(worker.database, clock, events, realNow))
    const killSwitch = firestoreKillSwitch(worker.database)
    const load: Loaders[PlatformKey] = async ({ platform }) => {
      const account = accounts[platform]
      if (!account) throw new DomainError('unprocessable', `${platform} is not simulated`)
      return switches.watch(ledger.watch(seams.platform(worker.platform(account))))
    }
    const secrets = { ...memorySecrets(), get: async () => CANARY_TOKEN }
    const guards = { store, clock, killSwitch: seams.killSwitch(killSwitch) }
    const guarded = adPlatforms({}, secrets, { audience: async () => [] }, guards, { meta: load, 'google-ads': load })
    const platforms: AdPlatforms = {
      ...guarded,
      open: (org, connection, assertTimely) => guarded.open(org, connection, seams.deadline ? assertTimely : undefined),
      quarantineMs: () => seams.quarantineMs,
      reviewPollSeconds: () => 60,
    }
    return {
      ...{ worker, clock, platforms, events, store, killSwitch },
      census: firestoreCensus(worker.database),
      tasks: worker.tasks(queue),
      secrets,
      links: { click: async (_: string, to: { campaignId: string }) => `https://click.example.com/${to.campaignId}` },
      copywriter: { write: async () => null },
    }
  }

  /** One delivery: true = answered 2xx. */
  async function serve(
    name: string,
    org: string | null,
    again: () => void,
    work: (ports: WorkerPorts) => Promise<boolean>,
  ): Promise<boolean> {
    const ports = portsFor(name, org, again)
    running++
    try {
      const outcome = await ports.worker.run(() => work(ports))
      return outcome !== 'died' && outcome
    } catch (error) {
      log().error({ error: loggable(error) }, 'will be tried again')
      return false
    } finally {
      running--
    }
  }

  const duplicate = () => weather().duplicate
  const queue: ReturnType<typeof cloudTasks> = cloudTasks({
    ...{ time, random, duplicate },
    deliver: (task, last) => {
      if (task.queue === syncQueue('meta') || task.queue === syncQueue('google-ads')) return sync(task, last)
      const drive = { ...Drive.parse(task.payload), org: task.org, correlationId: task.correlationId }
      const go = (): Promise<boolean> =>
        serve(
          'drive',
          task.org,
          () => void go(),
          async (ports) => {
            try {
              return (await driveChannel(ports, { ...drive, lastAttempt: last }, time.elapsed)) === 'done'
            } catch (error) {
              if (error instanceof HeldElsewhere) return false
              throw error
            }
          },
        )
      return go()
    },
  })
  function sync({ payload, org, correlationId }: TaskRequest, lastAttempt: boolean): Promise<boolean> {
    const task = { ...SyncPayload.parse(payload), org, correlationId, lastAttempt }
    const go = (): Promise<boolean> =>
      serve(
        'sync',
        org,
        () => void go(),
        async (ports) => (await syncAccount(ports, task)) === 'done',
      )
    return go()
  }
  const topic: ReturnType<typeof pubsub> = pubsub({
    ...{ time, random, duplicate },
    deliver: ({ id, type, org, subjects, correlationId }) => {
      if (type !== 'job.closed' && type !== 'org.stopped') return Promise.resolve(true)
      const cause = { actor: system('handle-events'), correlationId }
      const go = (): Promise<boolean> =>
        serve(
          'handle-events',
          org,
          () => void go(),
          async (ports) => {
            if (type === 'job.closed') for (const jobId of subjects) await pauseForJob(ports, org, cause, jobId, id)
            else await haltCampaigns(ports, org, cause)
            return true
          },
        )
      return go()
    },
  })

  /** What Cloud Scheduler does: for all organisations, and nobody repeats it before its time comes again. */
  function every(ms: number, name: string, work: (ports: WorkerPorts) => Promise<unknown>): void {
    time.after(ms, () => {
      every(ms, name, work)
      void serve(
        name,
        null,
        () => undefined,
        async (ports) => {
          await work(ports)
          return true
        },
      )
    })
  }
  every(SWEEP_MS, 'sweep', async (ports) => {
    await relayOutbox(ports, 'sweep', realNow)
    await expireJobs(ports, 'sweep')
    await haltStopped(ports, 'sweep')
    await wakeLate(ports, 'sweep')
    if (seams.sweeper) await removeStrays(ports, 'sweep', { realNow, nowMs: time.elapsed })
  })

  /** What a person does: again until it is answered with yes or with a refusal. */
  function act(name: string, verb: (ports: WorkerPorts) => Promise<unknown>): void {
    const it = Symbol(name)
    acting.add(it)
    const attempt = async (): Promise<void> => {
      const answered = await serve(
        name,
        ORG,
        () => void attempt(),
        async (ports) => {
          try {
            await verb(ports)
          } catch (error) {
            if (!(error instanceof DomainError)) throw error
            // A plan may fail for a token that has expired; in calm weather a refusal is a refusal.
            const again = weather().platform.expiredToken > 0 ? MENDS_ITSELF : MENDS_ITSELF.slice(0, 2)
            if (again.includes(error.code)) throw error
          }
          return true
        },
      )
      if (answered) acting.delete(it)
      else time.after(random.between(5000, 30_000), () => void attempt())
    }
    void attempt()
  }

  return {
    ...{ portsFor, act, every, queue, topic },
    /** Nobody works, nothing is on its way. */
    quiet: () => running === 0 && acting.size === 0 && queue.pending() === 0 && topic.pending() === 0,
    plain: () => {
      const database = memoryFirestore(disk)
      return { database, store: firestoreStore(database, { now: realNow }, topic, realNow) }
    },
  }
}
