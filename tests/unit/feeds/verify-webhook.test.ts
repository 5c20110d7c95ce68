import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { FeedFormat } from '#domain/feed.ts'
import { verifyWebhook } from '#functions/capabilities/feeds/verify-webhook.ts'

const NOW = new Date('2026-11-20T15:00:00Z')
const SECONDS = Math.floor(NOW.getTime() / 1000)
const SECRET = 'a-secret-of-this-feed-alone'
const BODY = '{"action":"job_deleted","payload":{"job":{"id":1}}}'

type Headers = Record<string, string>
const hex = (secret: string, text: string | Uint8Array): string =>
  createHmac('sha256', secret).update(text).digest('hex')

function verify(format: FeedFormat, headers: Headers, body: string | Uint8Array, secrets = [SECRET], now = NOW) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return verifyWebhook(format, { header: (name) => headers[name], body: bytes }, secrets, now)
}

/** How each vendor signs: the headers for a body, a secret and a time. */
interface Signer {
  format: FeedFormat
  sign: (body: string | Uint8Array, secret: string, seconds: number) => Headers
  /** The header that carries the signature. */
  header: string
  timed: boolean
}

const STANDARD = (body: string | Uint8Array, secret: string, seconds: number): Headers => {
  const mac = createHmac('sha256', secret).update(`msg_1.${seconds}.`).update(body).digest('base64')
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${mac}` }
}

const SMART = (body: string | Uint8Array, secret: string, seconds: number): Headers => {
  const [id, name, version, link] = ['e-1', 'job.updated', 'v1', '<https://api.example/jobs/1>']
  const mac = createHmac('sha256', secret)
    .update(`${seconds}.`)
    .update(body)
    .update(`.${id}.${name}.${version}.${link}`)
  return {
    ...{ 'event-id': id, 'event-name': name, 'event-version': version, link },
    'smartrecruiters-timestamp': String(seconds),
    'smartrecruiters-signature': `v1=${mac.digest('hex')}`,
  }
}

const SIGNERS: Signer[] = [
  { format: 'greenhouse', header: 'signature', timed: false, sign: (b, s) => ({ signature: `sha256 ${hex(s, b)}` }) },
  {
    format: 'ashby',
    header: 'ashby-signature',
    timed: false,
    sign: (b, s) => ({ 'ashby-signature': `sha256=${hex(s, b)}` }),
  },
  {
    format: 'workable',
    header: 'x-workable-signature',
    timed: false,
    sign: (b, s) => ({ 'x-workable-signature': hex(s, b) }),
  },
  { format: 'smartrecruiters', header: 'smartrecruiters-signature', timed: true, sign: SMART },
  { format: 'native', header: 'webhook-signature', timed: true, sign: STANDARD },
  { format: 'recruitee', header: 'webhook-signature', timed: true, sign: STANDARD },
  { format: 'teamtailor', header: 'webhook-signature', timed: true, sign: STANDARD },
]

describe.each(SIGNERS)('$format', ({ format, sign, header }) => {
  const good = sign(BODY, SECRET, SECONDS)

  test('takes what its vendor signed, and gives the same delivery the same id', () => {
    const first = verify(format, good, BODY)
    expect(first).toEqual({ id: expect.any(String) })
    expect(verify(format, good, BODY)).toEqual(first)
  })

  test('refuses a body or a header with one character changed', () => {
    expect(verify(format, good, BODY.replace('1', '2'))).toBeNull()
    for (const [name, value] of Object.entries(good)) {
      const flipped = value.replace(/[0-9a-f](?=[^0-9a-f]*$)/, (last) => (last === '0' ? '1' : '0'))
      // An event id outside of the signed text does not exist in any of the schemes.
      expect(verify(format, { ...good, [name]: flipped }, BODY), name).toBeNull()
    }
  })

  test('refuses another secret, and takes either of two while one is rotated', () => {
    expect(verify(format, sign(BODY, 'a-secret-of-another-org', SECONDS), BODY)).toBeNull()
    expect(verify(format, good, BODY, ['the-new-secret-of-this-feed', SECRET])).not.toBeNull()
    expect(verify(format, good, BODY, [])).toBeNull()
    expect(verify(format, sign(BODY, '', SECONDS), BODY, [''])).toBeNull()
  })

  test('refuses a signature that is absent, empty, doubled or of another length', () => {
    const { [header]: signature = '', ...others } = good
    expect(verify(format, others, BODY)).toBeNull()
    expect(verify(format, { ...good, [header]: '' }, BODY)).toBeNull()
    expect(verify(format, { ...good, [header]: `${signature}, ${signature}` }, BODY)).toBeNull()
    expect(verify(format, { ...good, [header]: signature.slice(0, -2) }, BODY)).toBeNull()
    expect(verify(format, { ...good, [header]: `${signature}00` }, BODY)).toBeNull()
  })

  test('refuses the same JSON serialised anew: the bytes are signed, not their meaning', () => {
    expect(verify(format, good, JSON.stringify(JSON.parse(BODY), null, 1))).toBeNull()
  })

  test('takes bytes that are no text, and an empty body, when they are signed so', () => {
    for (const body of [new Uint8Array([0xff, 0xfe, 0x80, 0x00]), new Uint8Array()])
      expect(verify(format, sign(body, SECRET, SECONDS), body)).not.toBeNull()
  })
})

describe.each(SIGNERS.filter(({ timed }) => timed))('$format, which signs the time as well', ({ format, sign }) => {
  test('refuses what is older or newer than five minutes', () => {
    expect(verify(format, sign(BODY, SECRET, SECONDS - 301), BODY)).toBeNull()
    expect(verify(format, sign(BODY, SECRET, SECONDS + 301), BODY)).toBeNull()
    expect(verify(format, sign(BODY, SECRET, SECONDS - 299), BODY)).not.toBeNull()
  })
})

test('hexadecimal is read in either case', () => {
  const upper = { signature: `sha256 ${hex(SECRET, BODY).toUpperCase()}` }
  expect(verify('greenhouse', upper, BODY)).not.toBeNull()
})

test('Greenhouse tells deliveries apart by its event id, else by the body', () => {
  const signature = `sha256 ${hex(SECRET, BODY)}`
  expect(verify('greenhouse', { signature, 'greenhouse-event-id': 'ev-9' }, BODY)).toEqual({ id: 'ev-9' })
})

describe('lever, whose signature covers two fields alone', () => {
  const signed = (token: string, triggeredAt: number, secret = SECRET) =>
    JSON.stringify({ event: 'x', token, triggeredAt, signature: hex(secret, `${token}${triggeredAt}`) })
  const at = NOW.getTime()

  test('takes it by token, up to a day old, because its body is only a hint', () => {
    expect(verify('lever', {}, signed('t1', at))).toEqual({ id: 't1' })
    expect(verify('lever', {}, signed('t1', at - 80_000_000))).toEqual({ id: 't1' })
  })

  test.each([
    ['older than a day', signed('t1', at - 90_000_000)],
    ['from the future', signed('t1', at + 400_000)],
    ['of another secret', signed('t1', at, 'another-secret-entirely')],
    ['of another token', signed('t1', at).replace('"t1"', '"t2"')],
    ['without token', signed('', at)],
    ['of another type', '[]'],
    ['that is no JSON', 'nothing'],
    ['that is empty', ''],
  ])('refuses one %s', (_, body) => {
    expect(verify('lever', {}, body)).toBeNull()
  })
})

describe('the vectors that the vendors publish', () => {
  test('Standard Webhooks', () => {
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    }
    const now = new Date(1_614_265_330_000)
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    expect(verify('native', headers, '{"test": 2432232314}', [secret], now)).toEqual({ id: headers['webhook-id'] })
    expect(verify('native', headers, '{"test": 2432232315}', [secret], now)).toBeNull()
  })

  test('SmartRecruiters', () => {
    const headers = {
      'smartrecruiters-signature': 'v1=2e9291f10d44ca10204a4cd81b05d73b6a316b2b605d4e2e0e0b37b40198ce1f',
      'smartrecruiters-timestamp': '1574080897',
      'event-id': '123',
      'event-name': 'application.created',
      'event-version': 'v201910',
      link: '<http://smartrecruiters.com/endpoint>; rel=self',
    }
    const now = new Date(1_574_080_897_000)
    const body = '{"job_id":"jid","candidate_id":"cid"}'
    expect(verify('smartrecruiters', headers, body, ['HeBVky2bccvvkcXPimH8c'], now)).toEqual({ id: '123' })
    const several = `v1=${'0'.repeat(64)};${headers['smartrecruiters-signature']}`
    const rotated = { ...headers, 'smartrecruiters-signature': several }
    expect(verify('smartrecruiters', rotated, body, ['HeBVky2bccvvkcXPimH8c'], now)).not.toBeNull()
  })
})
