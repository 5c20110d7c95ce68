import type { z } from 'zod'
import { type Answer, json } from '../net/answer.ts'

/** A refusal of the control interface: RFC 9457, naming the place and the remedy. */
export class ControlProblem extends Error {
  readonly status: number
  readonly remedy: string | undefined

  constructor(status: number, message: string, remedy?: string) {
    super(message)
    this.name = 'ControlProblem'
    this.status = status
    this.remedy = remedy
  }
}

export const problemAnswer = (problem: ControlProblem): Answer =>
  json(
    problem.status,
    {
      type: 'about:blank',
      title: TITLES[problem.status] ?? 'Refused',
      status: problem.status,
      detail: problem.message,
      ...(problem.remedy ? { remedy: problem.remedy } : {}),
    },
    { 'content-type': 'application/problem+json' },
  )

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  501: 'Not Implemented',
}

/** A body read by its schema; what is wrong is named by its path. */
export function readInput<T extends z.ZodType>(schema: T, body: Buffer): z.infer<T> {
  let value: unknown
  try {
    value = body.length === 0 ? {} : JSON.parse(body.toString('utf8'))
  } catch {
    throw new ControlProblem(400, 'The body is not valid JSON')
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const first = read.error.issues[0]
  throw new ControlProblem(400, `${first?.path.join('.') || 'The body'}: ${first?.message ?? 'is not as it should be'}`)
}
