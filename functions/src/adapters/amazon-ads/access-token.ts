import { z } from 'zod'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { sha256 } from '#functions/lib/hash.ts'
import { log } from '#functions/lib/log.ts'
import { retryAfter } from './failure.ts'
import { parseJson } from './json.ts'

const TOKEN_URL = 'https://api.amazon.com/auth/o2/token'
const TIMEOUT_MS = 10_000
/** A token is not used in its last minute: it would expire on the way. */
const SPARE_MS = 60_000

export interface Credentials {
  clientId: string
  clientSecret: string
  refreshToken: string
}

const Granted = z.object({ access_token: z.string(), expires_in: z.number() })
const Refused = z.object({ error: z.string(), error_description: z.string().optional() })

/** Per process: whoever asks while a token is being fetched waits for that one. */
const known = new Map<string, Promise<{ token: string; until: number }>>()
const keyOf = (credentials: Credentials): string => sha256(`${credentials.clientId} ${credentials.refreshToken}`)

export async function accessToken(credentials: Credentials): Promise<string> {
  const key = keyOf(credentials)
  const held = await known.get(key)
  if (held && held.until > Date.now()) return held.token
  // Another caller may have begun meanwhile: theirs is awaited.
  const running = known.get(key)
  const current = running && (await running)
  if (current && current.until > Date.now()) return current.token
  const fresh = grant(credentials)
  known.set(key, fresh)
  fresh.catch(() => known.delete(key))
  return (await fresh).token
}

/** The platform did not take it: the next call fetches another. */
export const evict = (credentials: Credentials): void => void known.delete(keyOf(credentials))

/** Whatever goes wrong here, no call of the platform was made. */
async function grant(credentials: Credentials): Promise<{ token: string; until: number }> {
  let answer: Response
  let text: string
  try {
    answer = await fetch(TOKEN_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        refresh_token: credentials.refreshToken,
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    text = await answer.text()
  } catch {
    throw new PlatformFailure('transient', 'Login with Amazon: no answer')
  }
  log().info({ call: 'POST /auth/o2/token', status: answer.status }, 'platform call')
  const body = parseJson(text)
  const granted = Granted.safeParse(body)
  if (answer.ok && granted.success)
    return { token: granted.data.access_token, until: Date.now() + granted.data.expires_in * 1000 - SPARE_MS }
  if (answer.status === 429)
    throw new PlatformFailure('throttled', 'Login with Amazon: too many calls', {
      retryAfterSeconds: retryAfter(answer.headers),
    })
  const refused = Refused.safeParse(body)
  if (answer.status < 500 && refused.success)
    throw new PlatformFailure('auth', `Login with Amazon: ${refused.data.error}`, {
      code: refused.data.error,
      userMessage: 'Amazon no longer accepts this connection: connect the profile again.',
    })
  throw new PlatformFailure('transient', `Login with Amazon: HTTP ${answer.status}`)
}
