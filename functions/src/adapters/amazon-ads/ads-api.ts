import type { Usage } from '#domain/account-limits.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { context } from '#functions/lib/context.ts'
import { log } from '#functions/lib/log.ts'
import { accessToken, type Credentials, evict } from './access-token.ts'
import { classify, noAnswer, unreadable } from './failure.ts'
import { jsonText, parseJson } from './json.ts'

const TIMEOUT_MS = 20_000

/** A profile lives in one region and is unknown to the others' hosts. */
const HOSTS = {
  na: 'advertising-api.amazon.com',
  eu: 'advertising-api-eu.amazon.com',
  fe: 'advertising-api-fe.amazon.com',
} as const

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  query?: Record<string, string>
  body?: unknown
  contentType?: string
  /** A POST that only asks. */
  reads?: boolean
  /** An answer that is no failure beside 2xx. */
  expects?: number
}

export interface Answer {
  status: number
  body: unknown
}

/** The Amazon Ads API for one profile. */
export interface AdsApi {
  profileId: string
  call(call: Call): Promise<Answer>
}

export function adsApi(
  profileId: string,
  region: string,
  credentials: Credentials,
  report: (usage: Usage) => void = () => undefined,
  beforeChange: () => Promise<void> = async () => undefined,
): AdsApi {
  if (!(region in HOSTS))
    throw new PlatformFailure('refusal', `There is no Amazon region ${region}`, {
      userMessage: 'Set region to na, eu or fe in Settings, Connections.',
    })
  const host = HOSTS[region as keyof typeof HOSTS]

  async function once(call: Call): Promise<Answer> {
    const { method, path, query, body, contentType = 'application/json' } = call
    const reads = method === 'GET' || call.reads === true
    const where = `${method} ${path}`
    const token = await accessToken(credentials)
    // Whoever waits for a token may have waited too long.
    if (!reads) await beforeChange()
    let answer: Response
    let text: string
    try {
      answer = await fetch(`https://${host}${path}${query ? `?${new URLSearchParams(query)}` : ''}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'amazon-advertising-api-clientid': credentials.clientId,
          'amazon-advertising-api-scope': profileId,
          // The platform ignores it; a proxy's log on the way shows which push led to the call.
          'x-correlation-id': context().correlationId,
          accept: contentType,
          ...(body !== undefined && { 'content-type': contentType }),
        },
        ...(body !== undefined && { body: jsonText(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      text = await answer.text()
    } catch {
      throw noAnswer(reads, where)
    }
    log().info({ call: where, status: answer.status }, 'platform call')
    const perSecond = Number(answer.headers.get('x-amzn-ratelimit-limit'))
    if (perSecond > 0) report({ percent: 0, perSecond })
    const parsed = parseJson(text)
    if (answer.status === 401) evict(credentials)
    if (!answer.ok && answer.status !== call.expects)
      throw classify(reads, where, answer.status, answer.headers, parsed)
    if (parsed === undefined) throw unreadable(reads, where)
    return { status: answer.status, body: parsed }
  }

  return {
    profileId,
    /** A read whose access token was not taken is tried once more with a fresh one. */
    call: (call) =>
      once(call).catch((error: unknown) => {
        const again = error instanceof PlatformFailure && error.kind === 'auth' && (call.method === 'GET' || call.reads)
        if (again && !error.details.code?.startsWith('invalid_')) return once(call)
        throw error
      }),
  }
}
