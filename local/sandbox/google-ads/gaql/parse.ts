import { GoogleAdsError, GRPC } from '../errors.ts'

export interface Condition {
  field: string
  operator: string
  values: string[]
}

/** A query of the Google Ads Query Language, as far as the sandbox understands it. */
export interface Query {
  select: string[]
  from: string
  where: Condition[]
  orderBy: { field: string; descending: boolean }[]
  limit: number
}

/** https://developers.google.com/google-ads/api/docs/query/grammar */
export const queryError = (code: string, message: string): GoogleAdsError =>
  new GoogleAdsError(GRPC.INVALID_ARGUMENT, [{ kind: 'query_error', code, message }])

const TOKEN = /\s*(?:('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(!=|<=|>=|[=<>(),])|([\w.~-]+))/y
const OPERATORS = ['=', '!=', '<', '>', '<=', '>=', 'IN', 'LIKE', 'BETWEEN']

interface Token {
  text: string
  quoted: boolean
}

function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < query.trimEnd().length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(query)
    if (!match)
      throw queryError('UNEXPECTED_INPUT', `Error in query: unexpected input ${query.slice(at).trim().slice(0, 30)}.`)
    const [, quoted, symbol, word] = match
    tokens.push(
      quoted === undefined
        ? { text: symbol ?? word ?? '', quoted: false }
        : { text: quoted.slice(1, -1).replace(/\\(.)/g, '$1'), quoted: true },
    )
  }
  return tokens
}

export function parseQuery(query: string): Query {
  const tokens = tokensOf(query)
  let at = 0
  const is = (word: string): boolean => !tokens[at]?.quoted && tokens[at]?.text.toUpperCase() === word
  const accept = (word: string): boolean => {
    if (!is(word)) return false
    at++
    return true
  }
  const next = (): Token => {
    const token = tokens[at++]
    if (!token) throw queryError('UNEXPECTED_END_OF_QUERY', 'Error in query: unexpected end of query.')
    return token
  }
  const list = (): string[] => {
    const found = [next().text]
    while (accept(',')) found.push(next().text)
    return found
  }

  if (!accept('SELECT')) throw queryError('EXPECTED_SELECT', 'Error in query: expected SELECT.')
  const select = list()
  if (!accept('FROM')) throw queryError('EXPECTED_FROM', 'Error in query: expected FROM.')
  const from = next().text
  const where: Condition[] = []
  if (accept('WHERE')) {
    do where.push(condition())
    while (accept('AND'))
  }
  const orderBy: Query['orderBy'] = []
  if (accept('ORDER')) {
    if (!accept('BY')) throw queryError('EXPECTED_BY', 'Error in query: expected BY.')
    do {
      const field = next().text
      const descending = accept('DESC')
      if (!descending) accept('ASC')
      orderBy.push({ field, descending })
    } while (accept(','))
  }
  const limit = accept('LIMIT') ? Number(next().text) : Number.POSITIVE_INFINITY
  if (Number.isNaN(limit) || limit < 1)
    throw queryError('BAD_LIMIT_VALUE', 'Error in query: the limit is no positive number.')
  if (at < tokens.length) throw queryError('UNEXPECTED_INPUT', `Error in query: unexpected input ${tokens[at]?.text}.`)
  return { select, from, where, orderBy, limit }

  function condition(): Condition {
    const field = next().text
    const negated = accept('NOT')
    const operator = next().text.toUpperCase()
    if (!OPERATORS.includes(operator))
      throw queryError('BAD_OPERATOR', `Error in query: the operator ${operator} is not known.`)
    if (operator === 'BETWEEN') {
      const low = next().text
      if (!accept('AND')) throw queryError('EXPECTED_AND', 'Error in query: expected AND.')
      return { field, operator, values: [low, next().text] }
    }
    if (operator !== 'IN') return { field, operator: negated ? `NOT ${operator}` : operator, values: [next().text] }
    if (!accept('(')) throw queryError('EXPECTED_LIST', 'Error in query: expected a list.')
    const values = list()
    if (!accept(')')) throw queryError('EXPECTED_LIST', 'Error in query: the list does not end.')
    return { field, operator: negated ? 'NOT IN' : operator, values }
  }
}
