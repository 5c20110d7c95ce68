import { afterEach, describe, expect, test, vi } from 'vitest'
import { describeKey, mintKey, parseKey, verifyKey } from '#functions/lib/api-key.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

function stored(text: string, change: object = {}) {
  const key = {
    ...describeKey(text),
    schemaVersion: 1 as const,
    name: 'test',
    scopes: ['read' as const],
    createdAt: NOW.toISOString(),
    expiresAt: '2027-11-20T12:00:00Z',
    revokedAt: null,
    ...change,
  }
  return async (id: string) => (id === key.id ? { org: 'demo', key } : undefined)
}

describe('API keys', () => {
  afterEach(() => void vi.useRealTimers())

  test('a minted key opens its organisation', async () => {
    const text = mintKey('test')
    expect(text).toMatch(/^af_test_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9a-f]{8}$/)
    expect((await verifyKey(stored(text), text, NOW)).org).toBe('demo')
  })

  test('what is stored does not contain the key', () => {
    const text = mintKey('live')
    expect(JSON.stringify(describeKey(text))).not.toContain(text.split('_')[3])
  })

  test('a mistyped, foreign, revoked or expired key is refused', async () => {
    const text = mintKey('test')
    const other = mintKey('test')
    const swapped = text.replace(/_[0-9a-f]{8}$/, '_00000000')
    const refused = expect.objectContaining({ code: 'unauthenticated' })
    await expect(verifyKey(stored(text), other, NOW)).rejects.toEqual(refused)
    await expect(verifyKey(stored(text), swapped, NOW)).rejects.toEqual(refused)
    const revoked = mintKey('test')
    await expect(verifyKey(stored(revoked, { revokedAt: NOW.toISOString() }), revoked, NOW)).rejects.toEqual(refused)
    const expired = mintKey('test')
    await expect(verifyKey(stored(expired, { expiresAt: '2026-01-01T00:00:00Z' }), expired, NOW)).rejects.toEqual(
      refused,
    )
  })

  test('a key in steady use is refused within 30 seconds of its revocation', async () => {
    vi.useFakeTimers({ now: NOW })
    const text = mintKey('test')
    await verifyKey(stored(text), text, NOW)
    const revoked = stored(text, { revokedAt: NOW.toISOString() })
    vi.advanceTimersByTime(20_000)
    await verifyKey(revoked, text, NOW)
    vi.advanceTimersByTime(11_000)
    await expect(verifyKey(revoked, text, NOW)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('another kind of token is no key at all, so that it can be tried as an ID token', () => {
    expect(parseKey('eyJhbGciOi.J9.x')).toBeNull()
    expect(parseKey('af_broken')).toEqual({ id: '', secret: '' })
  })
})
