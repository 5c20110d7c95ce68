import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { FeedFormat } from '#domain/feed.ts'

/** A delivery as it came: headers by lower-case name, the body untouched. */
export interface Delivery {
  header: (name: string) => string | undefined
  body: Uint8Array
}

export type Verified = { id: string } | null

const TOLERANCE_MS = 300_000
/** Lever signs a time of its own; a retry carries the old one. Its body is only ever a hint, so that an old one does no harm. */
const LEVER_PAST_MS = 86_400_000

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')

function hmac(secret: string | Uint8Array, ...parts: (string | Uint8Array)[]): Buffer {
  const mac = createHmac('sha256', secret)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** Compares in constant time; the length is no secret. */
const same = (expected: Buffer, given: Buffer): boolean =>
  expected.length === given.length && timingSafeEqual(expected, given)

const hex = (text: string): Buffer => (/^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.alloc(0))
const base64 = (text: string): Buffer =>
  /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0)

const fresh = (ms: number, now: Date, past = TOLERANCE_MS): boolean =>
  Number.isFinite(ms) && now.getTime() - ms <= past && ms - now.getTime() <= TOLERANCE_MS

type Scheme = (delivery: Delivery, secrets: readonly string[], now: Date) => Verified

/** A hex HMAC-SHA256 of the raw body in one header, after a fixed prefix. */
const bodyHmac =
  (header: string, prefix: string, idHeader?: string): Scheme =>
  ({ header: get, body }, secrets) => {
    const given = get(header)
    if (!given?.startsWith(prefix)) return null
    const signature = hex(given.slice(prefix.length))
    if (!secrets.some((secret) => same(hmac(secret, body), signature))) return null
    return { id: (idHeader && get(idHeader)) || sha256(body) }
  }

/** Standard Webhooks 1.0.0: `v1,<base64>` over id.timestamp.body; several signatures while a secret is rotated. */
const standard: Scheme = ({ header, body }, secrets, now) => {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(header)
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return null
  if (signatures.includes(', ') || !fresh(Number(timestamp) * 1000, now)) return null
  const given = signatures.split(' ').flatMap((each) => (each.startsWith('v1,') ? [base64(each.slice(3))] : []))
  const keys = secrets.map((secret) => (secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret))
  const right = keys.some((key) => given.some((each) => same(hmac(key, `${id}.${timestamp}.`, body), each)))
  return right ? { id } : null
}

/** developers.smartrecruiters.com, webhook security: absent headers count as empty, up to 16 signatures. */
const smartrecruiters: Scheme = ({ header, body }, secrets, now) => {
  const [signatures, timestamp] = [header('smartrecruiters-signature'), header('smartrecruiters-timestamp')]
  if (!signatures || !timestamp || !/^\d{1,12}$/.test(timestamp) || !fresh(Number(timestamp) * 1000, now)) return null
  const [id, name, version, link] = ['event-id', 'event-name', 'event-version', 'link'].map(
    (each) => header(each) ?? '',
  )
  const given = signatures
    .split(';')
    .slice(0, 16)
    .flatMap((each) => (each.startsWith('v1=') ? [hex(each.slice(3))] : []))
  const tail = `.${id}.${name}.${version}.${link}`
  const right = secrets.some((secret) => given.some((each) => same(hmac(secret, `${timestamp}.`, body, tail), each)))
  return right ? { id: id || sha256(body) } : null
}

/** The signature lies in the body and covers two of its fields: nothing else of the body is to be believed. */
const lever: Scheme = ({ body }, secrets, now) => {
  const fields = objectIn(body)
  const { token, triggeredAt, signature } = fields ?? {}
  if (typeof token !== 'string' || typeof triggeredAt !== 'number' || typeof signature !== 'string') return null
  if (token === '' || !fresh(triggeredAt, now, LEVER_PAST_MS)) return null
  const given = hex(signature)
  return secrets.some((secret) => same(hmac(secret, `${token}${triggeredAt}`), given)) ? { id: token } : null
}

function objectIn(body: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const SCHEMES: Partial<Record<FeedFormat, Scheme>> = {
  greenhouse: bodyHmac('signature', 'sha256 ', 'greenhouse-event-id'),
  ashby: bodyHmac('ashby-signature', 'sha256='),
  workable: bodyHmac('x-workable-signature', ''),
  smartrecruiters,
  lever,
}

/**
 * Verifies a delivery by its vendor's own scheme (SECURITY.md 4), Standard Webhooks where the vendor has none. `secrets` are those in
 * force: two while one is rotated. `now` is real time. Returns what tells this delivery from others, null for every failure.
 */
export function verifyWebhook(format: FeedFormat, delivery: Delivery, secrets: readonly string[], now: Date): Verified {
  const known = secrets.filter((secret) => secret !== '')
  return known.length > 0 ? (SCHEMES[format] ?? standard)(delivery, known, now) : null
}
