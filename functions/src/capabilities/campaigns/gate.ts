import { KILLED_BY, stoppedError } from '#domain/kill-switch.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { Transaction } from '#functions/ports/store.ts'

const RETRY_SECONDS = 60

/** For a person who wants to spend: throws `illegal_state` while the kill switch is on. */
export async function assertRunning(tx: Transaction): Promise<void> {
  if (!(await tx.running())) throw stoppedError()
}

/** For a drive, in the transaction that writes its intent: an intent that commits was allowed when it did. */
export async function holdWhileStopped(tx: Transaction): Promise<void> {
  if (await tx.running()) return
  throw new PlatformFailure('throttled', 'The kill switch is on', {
    heldBy: KILLED_BY,
    retryAfterSeconds: RETRY_SECONDS,
  })
}
