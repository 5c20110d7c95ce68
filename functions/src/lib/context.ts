import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

export interface RequestContext {
  correlationId: string
  org?: string
  functionName?: string
}

const storage = new AsyncLocalStorage<RequestContext>()

/** Runs `work` with one correlation id that reaches every log line, event, task and platform call below it. */
export const withContext = <T>(request: RequestContext, work: () => T): T => storage.run(request, work)
export const context = (): RequestContext => storage.getStore() ?? { correlationId: 'none' }

/** The caller's id where it is harmless to log, a new one otherwise. */
export const correlationIdFrom = (header: string | undefined | null): string =>
  header && /^[A-Za-z0-9_-]{8,64}$/.test(header) ? header : randomUUID()
