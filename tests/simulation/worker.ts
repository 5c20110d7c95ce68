import type { Firestore } from '@google-cloud/firestore'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { AdPlatform, Events, Tasks } from '#functions/ports/index.ts'
import { memoryFirestore, type Touch } from './firestore/client.ts'
import { type Disk, grpcError } from './firestore/disk.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

export const FAULTS = [
  'kill-before',
  'kill-after',
  'timeout-after',
  'duplicate',
  'stall-before',
  'stall-after',
] as const
export type Fault = (typeof FAULTS)[number]

/** Decides at every port call what goes wrong there. */
export interface FaultPlan {
  at(call: string, worker: string): Fault | undefined
  stallMs(): number
}

/** One process that runs one piece of work: it can be slow, stand still, lose answers and die at every call it makes. */
export interface Worker {
  database: Firestore
  platform(of: AdPlatform): AdPlatform
  tasks(of: Tasks): Tasks
  events(of: Events): Events
  /** `died` = nobody will ever hear of it again. */
  run<T>(work: () => Promise<T>): Promise<T | 'died'>
}

const DEADLINE_EXCEEDED = 4
/** Whatever leaves the product is searched for these. */
export const CANARY_TOKEN = 'EAAcanarytoken0123456789'
export const CANARY_MAIL = 'canary@example.com'
/** A new one each time: whoever waits for it is remembered by it, and one for all would keep every life that ever ended here. */
const never = (): Promise<never> => new Promise(() => undefined)
/** As clients' errors do, it carries what must never be logged. */
const lost = (): Error =>
  Object.assign(grpcError(DEADLINE_EXCEEDED, '4 DEADLINE_EXCEEDED: no answer'), {
    config: { headers: { authorization: `Bearer ${CANARY_TOKEN}` } },
  })

export function startWorker(
  name: string,
  { disk, time, random, plan, touch }: { disk: Disk; time: Timeline; random: Random; plan: FaultPlan; touch: Touch },
  /** The same work is delivered a second time, now. */
  again: () => void,
): Worker {
  let dead = false
  let die: () => void = () => undefined
  const death = new Promise<'died'>((resolve) => {
    die = () => {
      dead = true
      resolve('died')
    }
  })

  async function reach<T>(call: string, effect: () => T | Promise<T>, noAnswer: () => Error): Promise<T> {
    if (dead) return never()
    const fault = plan.at(call, name)
    if (fault === 'duplicate') again()
    if (fault === 'kill-before') {
      die()
      return never()
    }
    await time.sleep(random.between(2, 30) + (fault === 'stall-before' ? plan.stallMs() : 0))
    if (dead) return never()
    const result = await effect()
    if (fault === 'kill-after') die()
    if (dead) return never()
    if (fault === 'timeout-after') throw noAnswer()
    await time.sleep(random.between(2, 30) + (fault === 'stall-after' ? plan.stallMs() : 0))
    return dead ? never() : result
  }

  return {
    database: memoryFirestore(disk, (call, effect) => reach(`firestore.${call}`, effect, lost), touch),

    platform(of) {
      const unknown = () => new PlatformFailure('ambiguous', 'no answer')
      const unread = () => new PlatformFailure('transient', 'no answer')
      return {
        plan: (brief) => reach('platform.plan', () => of.plan(brief), unread),
        keepImage: (bytes) => reach('platform.keepImage', () => of.keepImage(bytes), unknown),
        create: (step, made) => reach('platform.create', () => of.create(step, made), unknown),
        update: (step, made) => reach('platform.update', () => of.update(step, made), unknown),
        find: (step, made) => reach('platform.find', () => of.find(step, made), unread),
        set: (made, delivery) => reach('platform.set', () => of.set(made, delivery), unknown),
        state: (made) => reach('platform.state', () => of.state(made), unread),
        remove: (level, id) => reach('platform.remove', () => of.remove(level, id), unknown),
        stopped: () => reach('platform.stopped', () => of.stopped(), unread),
        report: (query, token) => reach('platform.report', () => of.report(query, token), unread),
        check: () => reach('platform.check', () => of.check(), unread),
      }
    },
    tasks: (of) => ({ enqueue: (request) => reach('tasks.enqueue', () => of.enqueue(request), lost) }),
    events: (of) => ({ publish: (events) => reach('events.publish', () => of.publish(events), lost) }),
    run: (work) => Promise.race([work(), death]),
  }
}

/** Chances at every call while `stormy` says so. */
export function randomFaults(
  random: Random,
  odds: { kill: number; stall: number; stallMs: readonly [number, number]; timeout: number },
  stormy: () => boolean,
): FaultPlan {
  return {
    at() {
      if (!stormy()) return undefined
      const x = random.next()
      const steps: [Fault, number][] = [
        ['kill-before', odds.kill],
        ['kill-after', odds.kill],
        ['stall-before', odds.stall],
        ['stall-after', odds.stall],
        ['timeout-after', odds.timeout],
      ]
      let sum = 0
      for (const [fault, chance] of steps) {
        sum += chance
        if (x < sum) return fault
      }
      return undefined
    },
    stallMs: () => random.between(...odds.stallMs),
  }
}
