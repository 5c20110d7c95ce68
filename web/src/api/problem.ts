import type { Problem } from '#domain/errors.ts'

/** An RFC 9457 document as the API sends it, or as we make it when no answer came. */
export interface ProblemDocument {
  /** Such as `/problems/conflict`: which refusal it is, for machines. */
  type?: string
  status: number
  title: string
  detail?: string
  remedy?: string
  problems?: Problem[]
  correlationId?: string
}

export class ProblemError extends Error {
  readonly problem: ProblemDocument
  /** True when no answer came: what was asked may or may not have been done. */
  readonly unanswered: boolean

  constructor(problem: ProblemDocument, unanswered = false) {
    super(problem.title)
    this.name = 'ProblemError'
    this.problem = problem
    this.unanswered = unanswered
  }
}

/** Somebody or something changed it since it was read. */
export const isConflict = (error: ProblemError | null): boolean => error?.problem.type === '/problems/conflict'

export async function problemOf(answer: Response): Promise<ProblemDocument> {
  const correlationId = answer.headers.get('x-correlation-id')
  const fallback = { status: answer.status, title: answer.statusText || `HTTP ${answer.status}` }
  const body: unknown = await answer.json().catch(() => null)
  const told = typeof body === 'object' && body !== null ? (body as Partial<ProblemDocument>) : {}
  return { ...fallback, ...(correlationId ? { correlationId } : {}), ...told }
}
