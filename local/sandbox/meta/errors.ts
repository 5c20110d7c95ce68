import { randomBytes } from 'node:crypto'

export interface GraphErrorDetail {
  /** HTTP status; 400 unless told. */
  status?: number
  subcode?: number
  title?: string
  /** What a person may read. */
  say?: string
  transient?: boolean
  /** Fields at fault, as error_data.blame_field_specs. */
  blame?: string[]
  type?: string
}

/** An error as the Graph API answers it. */
export class GraphError extends Error {
  readonly code: number
  readonly detail: GraphErrorDetail

  constructor(code: number, message: string, detail: GraphErrorDetail = {}) {
    super(message)
    this.name = 'GraphError'
    this.code = code
    this.detail = detail
  }
}

export const statusOf = (error: GraphError): number => error.detail.status ?? 400

/** `{error: {...}}`. The trace id is random: it is the one thing that no two answers share. */
export function errorBody(error: GraphError): { error: Record<string, unknown> } {
  const { subcode, title, say, transient, blame, type } = error.detail
  return {
    error: {
      message: error.message,
      type: type ?? 'OAuthException',
      code: error.code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      is_transient: transient ?? false,
      ...(title === undefined ? {} : { error_user_title: title }),
      ...(say === undefined ? {} : { error_user_msg: say }),
      ...(blame === undefined ? {} : { error_data: JSON.stringify({ blame_field_specs: blame.map((f) => [f]) }) }),
      fbtrace_id: `A${randomBytes(8).toString('base64url')}`,
    },
  }
}

/** Code 100 with the words for a person: the shape of almost every refusal of a create or an update. */
export const invalid = (subcode: number | undefined, title: string, say: string, ...blame: string[]): GraphError =>
  new GraphError(100, 'Invalid parameter', {
    ...(subcode === undefined ? {} : { subcode }),
    title,
    say,
    ...(blame.length > 0 ? { blame } : {}),
  })

export const required = (field: string): GraphError =>
  new GraphError(100, `(#100) The parameter ${field} is required.`, { blame: [field] })

export const wrongValue = (field: string, allowed: readonly string[]): GraphError =>
  new GraphError(100, `(#100) Param ${field} must be one of {${allowed.join(', ')}}`, { blame: [field] })

export const wrongType = (field: string, expected: string): GraphError =>
  new GraphError(100, `(#100) Param ${field} must be ${expected}`, { blame: [field] })

/** Unknown, or of another business: the platform does not say which. */
export const noSuchObject = (method: string, id: string): GraphError =>
  new GraphError(
    100,
    `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    { subcode: 33, type: 'GraphMethodException' },
  )

/** What the real platform has and the sandbox does not imitate: refused by name, never silently dropped. */
export const notImitated = (what: string): GraphError =>
  new GraphError(100, `(#100) ${what} is not imitated by the sandbox`, { title: 'Not imitated by the sandbox' })
