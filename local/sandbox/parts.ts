import type { CallLog } from './calls.ts'
import type { Ledger } from './delivery/ledger.ts'
import type { Faults } from './faults.ts'
import type { Insights } from './meta/insights.ts'
import type { RateLimits } from './meta/limits.ts'
import type { Unlisted } from './meta/unlisted.ts'
import type { ConnectProxy } from './net/proxy.ts'
import type { SandboxClock } from './settings.ts'
import type { World } from './world.ts'

/** Everything that one sandbox is made of. */
export interface Parts {
  clock: SandboxClock
  world: World
  ledger: Ledger
  insights: Insights
  limits: RateLimits
  faults: Faults
  calls: CallLog
  unlisted: Unlisted
  proxy: ConnectProxy
  /** Puts the world back to how a new one begins. */
  reset(): void
}
