import type { Usage } from '#domain/account-limits.ts'
import { accountKey, type Connection } from '#domain/connection.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { AdPlatform, Clock, KillSwitch } from '#functions/ports/index.ts'
import type { Store } from '#functions/ports/store.ts'
import { accountGuard, type Chunks, held } from './account-guard.ts'

export interface Guards {
  store: Store
  clock: Clock
  killSwitch: KillSwitch
}

/** Loads an adapter that tells the account's use, and asks before each of its requests that changes something. */
export type Loaded = (report: (usage: Usage) => void, beforeChange: () => Promise<void>) => Promise<AdPlatform>

const STOPPED_RETRY_MS = 60_000

/** How a call meets the guards: `write` and `read` wait their turn, `ask` takes no token; `stop`, what confirms it, and `check` wait for nothing. */
type Manner = 'write' | 'read' | 'ask' | 'stop' | 'confirm' | 'check'

/** Every call of an ad platform passes here: kill switch, the account's limits, circuit breaker (RELIABILITY.md 2.9-2.11). */
export async function guardedPlatform(
  { killSwitch, assertTimely = () => undefined, ...ports }: Guards & { assertTimely?: (() => void) | undefined },
  chunks: Chunks,
  org: string,
  connection: Connection,
  load: Loaded,
  urgent = false,
): Promise<AdPlatform> {
  const { clock } = ports
  const guard = accountGuard({ ...ports, chunks }, org, accountKey(connection))
  let usage: Usage | null = null
  // What follows a pause confirms it, and is as urgent.
  let stopping = urgent
  /** Requests of a writing method under way; null while none is. The first has been asked for with the method. */
  let sent: number | null = null
  const demandRunning = async (): Promise<void> => {
    if ((await killSwitch.view(org)).running) return
    const now = clock.now()
    throw held('kill_switch', new Date(now.getTime() + STOPPED_RETRY_MS).toISOString(), now)
  }
  const platform = await load(
    (told) => {
      if (!usage || told.percent >= usage.percent) usage = told
    },
    async () => {
      if (sent !== null && sent++ > 0) await demandRunning()
      assertTimely()
    },
  )

  async function guarded<T>(manner: Manner, call: () => Promise<T>): Promise<T> {
    if (manner === 'check') await guard.look()
    else if (manner !== 'stop' && manner !== 'confirm') await guard.enter(manner !== 'ask')
    // Last of the guards, so that nothing but its own answer's way lies between the switch and the call.
    if (manner === 'write') await demandRunning()
    // The guards ask the database, and whoever waits for it may stand still.
    if (manner === 'write' || manner === 'stop') assertTimely()
    usage = null
    sent = manner === 'write' ? 0 : null
    try {
      const answer = await call()
      await guard.succeeded(usage, manner !== 'stop' && manner !== 'confirm')
      return answer
    } catch (error) {
      // What a guard of ours held back says nothing of the account.
      if (!(error instanceof PlatformFailure) || error.details.heldBy) throw error
      throw await guard.failed(error, usage)
    }
  }
  const reading = (): Manner => (stopping ? 'confirm' : 'read')

  return {
    plan: (brief) => guarded('ask', () => platform.plan(brief)),
    keepImage: (bytes) => guarded('write', () => platform.keepImage(bytes)),
    create: (step, made) => guarded('write', () => platform.create(step, made)),
    update: (step, made) => guarded('write', () => platform.update(step, made)),
    find: (step, made) => guarded(reading(), () => platform.find(step, made)),
    set(made, delivery) {
      stopping = delivery === 'paused'
      return guarded(stopping ? 'stop' : 'write', () => platform.set(made, delivery))
    },
    state: (made) => guarded(reading(), () => platform.state(made)),
    remove: (level, id) => guarded('stop', () => platform.remove(level, id)),
    stopped: () => guarded('read', () => platform.stopped()),
    report: (query, token) => guarded('read', () => platform.report(query, token)),
    check: () => guarded('check', () => platform.check()),
  }
}
