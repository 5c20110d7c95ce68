import type { HttpFunction, Request } from '@google-cloud/functions-framework'
import type { z } from 'zod'
import { verifyMachine } from './caller.ts'
import { correlationIdFrom, withContext } from './context.ts'
import { env } from './env.ts'
import { log, loggable } from './log.ts'
import { backoffAfter, maxAttempts } from './manifest.ts'
import { problemOf } from './problem.ts'

export interface Attempt {
  /** From 1. */
  number: number
  /** Cloud Tasks drops the task after this one: what is not done now must be written down. */
  last: boolean
  /** How long Cloud Tasks waits before the next one. */
  retryInSeconds: number
}

/** Thrown by a task that wants Cloud Tasks to try again with its backoff. */
export class RetryLater extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RetryLater'
  }
}

export const bodyOf = (req: Request): unknown => JSON.parse((req.rawBody ?? Buffer.from('')).toString('utf8') || 'null')

/** A Cloud Tasks handler: 2xx = done or given up for good, 503 = try again, 4xx = not a call of ours. */
export function task<S extends z.ZodType>(
  queue: string,
  schema: S,
  run: (input: z.infer<S>, attempt: Attempt) => Promise<unknown>,
): HttpFunction {
  return (req, res) =>
    withContext({ correlationId: correlationIdFrom(req.get('x-correlation-id')), functionName: queue }, async () => {
      try {
        await verifyMachine(env(), queue, req.get('authorization'))
      } catch (error) {
        const problem = problemOf(error)
        res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
        return
      }
      const number = Number(req.get('x-cloudtasks-taskretrycount') ?? 0) + 1
      try {
        await run(schema.parse(bodyOf(req)), {
          number,
          last: number >= maxAttempts(queue),
          retryInSeconds: backoffAfter(queue, number),
        })
        res.sendStatus(204)
      } catch (error) {
        const expected = error instanceof RetryLater
        log()[expected ? 'warn' : 'error']({ error: loggable(error), attempt: number }, 'task will be tried again')
        res.sendStatus(503)
      }
    })
}
