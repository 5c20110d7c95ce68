/** An error of the API as a whole. https://advertising.amazon.com/API/docs/en-us/reference/common/errors */
export class AdsError extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Record<string, string>

  constructor(status: number, code: string, details: string, headers: Record<string, string> = {}) {
    super(details)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const unauthorized = (details: string): AdsError => new AdsError(401, 'UNAUTHORIZED', details)
export const badRequest = (details: string): AdsError => new AdsError(400, 'INVALID_ARGUMENT', details)

/** What is wrong with one row of a bulk request; the other rows go on. */
export class RowError extends Error {
  readonly code: string

  constructor(code: string, description: string) {
    super(description)
    this.code = code
  }
}
export const invalidRow = (description: string): RowError => new RowError('INVALID_ARGUMENT', description)
