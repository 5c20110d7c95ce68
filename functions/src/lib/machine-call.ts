import type { HttpFunction } from '@google-cloud/functions-framework'
import type { z } from 'zod'
import { DomainError } from '#domain/errors.ts'
import { accountOf, verifyMachine } from './caller.ts'
import { correlationIdFrom, withContext } from './context.ts'
import { env } from './env.ts'
import { log, loggable } from './log.ts'
import { callersOf } from './manifest.ts'
import { problemOf } from './problem.ts'
import { bodyOf } from './task.ts'

/** A function that others of ours call and wait for: JSON in, JSON out, from the callers that functions.json names alone. */
export function machineCall<S extends z.ZodType>(
  functionName: string,
  schema: S,
  run: (input: z.infer<S>) => Promise<object>,
): HttpFunction {
  return (req, res) =>
    withContext({ correlationId: correlationIdFrom(req.get('x-correlation-id')), functionName }, async () => {
      try {
        const accounts = callersOf(functionName).map((name) => accountOf(env().projectId, name))
        await verifyMachine(env(), functionName, req.get('authorization'), accounts)
        const answer = await run(schema.parse(jsonOf(req)))
        res.type('application/json').send(JSON.stringify(answer))
      } catch (error) {
        const problem = problemOf(error)
        if (problem.status >= 500) log().error({ error: loggable(error) }, 'a call was not answered')
        res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
      }
    })
}

function jsonOf(req: Parameters<HttpFunction>[0]): unknown {
  try {
    return bodyOf(req)
  } catch {
    throw new DomainError('invalid', 'The body is not JSON')
  }
}
