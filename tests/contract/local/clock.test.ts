import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { SharedClock } from '#domain/clock.ts'
import { keepClock, sharedClock } from '#local/clock.ts'
import { openJournal } from '#local/standin/journal.ts'
import { localSigner, startTokens } from '#local/tokens.ts'
import { eventually, stateFolder } from '#tests/contract/local/world.ts'

const HOUR = 3_600_000
const clockFile = (): string => join(stateFolder(), 'clock.json')
const onDisk = (file: string): SharedClock => SharedClock.parse(JSON.parse(readFileSync(file, 'utf8')))

afterEach(() => void vi.useRealTimers())

describe('the shared clock', () => {
  test('starts at real time, runs at its speed, and is written down', () => {
    vi.useFakeTimers({ now: Date.parse('2027-01-01T00:00:00Z') })
    const file = clockFile()
    const clock = sharedClock(file)
    expect(clock.now()).toBe(Date.now())
    clock.setSpeed(60)
    vi.setSystemTime(Date.now() + 1000)
    expect(clock.now()).toBe(Date.parse('2027-01-01T00:01:00Z'))
    expect(clock.realUntil(clock.now() + 120_000)).toBe(2000)
    expect(clock.realUntil(clock.now() - 1)).toBe(0)
    clock.setSpeed(0)
    vi.setSystemTime(Date.now() + HOUR)
    expect(clock.now()).toBe(Date.parse('2027-01-01T00:01:00Z'))
    expect(clock.realUntil(clock.now() + 1)).toBe(Number.POSITIVE_INFINITY)
    expect(clock.advance(7 * 24 * HOUR)).toBe(Date.parse('2027-01-08T00:01:00Z'))
    expect(onDisk(file)).toMatchObject({ virtualBase: Date.parse('2027-01-08T00:01:00Z'), speed: 0 })
    expect(readdirSync(join(file, '..'))).toEqual(['clock.json'])
  })

  test('tells listeners of its own changes and of those of others', async () => {
    const file = clockFile()
    const [mine, other] = [sharedClock(file), sharedClock(file)]
    let heard = 0
    const stop = other.onChange(() => {
      heard += 1
    })
    mine.setSpeed(0)
    const moved = mine.advance(HOUR)
    await eventually(() => expect(other.now()).toBe(moved))
    await eventually(() => expect(heard).toBeGreaterThan(0))
    const before = heard
    other.advance(1)
    await eventually(() => expect(heard).toBeGreaterThan(before))
    stop()
    const silent = heard
    other.advance(1)
    await Promise.resolve()
    expect(heard).toBe(silent)
  })

  test('is the same in another process', async () => {
    const file = clockFile()
    const clock = sharedClock(file)
    clock.setSpeed(0)
    const script = `
      import { sharedClock } from '#local/clock.ts'
      const clock = sharedClock(process.argv[1])
      const before = clock.now()
      console.log(JSON.stringify({ before, after: clock.advance(${HOUR}) }))`
    const here = clock.now()
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, file])
    expect(JSON.parse(stdout)).toEqual({ before: here, after: here + HOUR })
    await eventually(() => expect(clock.now()).toBe(here + HOUR))
  })

  test('never goes back, and refuses a file that is no clock', () => {
    const file = clockFile()
    const clock = sharedClock(file)
    expect(() => clock.advance(-1)).toThrow(RangeError)
    expect(() => clock.setSpeed(-1)).toThrow(RangeError)
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError)
    writeFileSync(file, '{}')
    expect(() => sharedClock(file)).toThrow(file)
  })
})

describe('a stack that stops and starts', () => {
  const nightLater = (): void => void vi.setSystemTime(Date.now() + 10 * HOUR)

  test('goes on where it was when virtual time is ahead, whatever the speed', () => {
    vi.useFakeTimers({ now: Date.parse('2027-01-01T00:00:00Z') })
    const file = clockFile()
    const first = keepClock(file)
    first.clock.setSpeed(3600)
    first.clock.advance(24 * HOUR)
    vi.setSystemTime(Date.now() + 1000)
    const left = first.clock.now()
    first.stop()
    nightLater()
    const second = keepClock(file)
    expect(second.clock.now()).toBe(left)
    vi.setSystemTime(Date.now() + 1000)
    expect(second.clock.now()).toBe(left + HOUR)
    second.stop()
  })

  test('wakes up today when it was never advanced', () => {
    vi.useFakeTimers({ now: Date.parse('2027-01-01T00:00:00Z') })
    const file = clockFile()
    keepClock(file).stop()
    nightLater()
    const second = keepClock(file)
    expect(second.clock.now()).toBe(Date.now())
    second.stop()
  })

  test('loses at most a second when it was killed, and never goes back', () => {
    vi.useFakeTimers({ now: Date.parse('2027-01-01T00:00:00Z') })
    const file = clockFile()
    const killed = keepClock(file)
    killed.clock.advance(24 * HOUR)
    vi.advanceTimersByTime(5300)
    const left = killed.clock.now()
    // A killed process beats no more; clearing every timer is the nearest thing.
    vi.clearAllTimers()
    nightLater()
    const second = keepClock(file)
    expect(second.clock.now() - left).toBeGreaterThanOrEqual(0)
    expect(second.clock.now() - left).toBeLessThanOrEqual(1000)
    second.stop()
  })
})

describe('the metadata server', () => {
  test('gives a token for an audience to whoever asks as Google demands, and to no web page', async () => {
    const signer = await localSigner(join(stateFolder(), 'key.json'))
    const tokens = await startTokens({ port: 0, signer, runsAs: 'fn-api@b.iam.gserviceaccount.com' })
    onTestFinished(() => tokens.stop())
    const identity = `http://127.0.0.1:${tokens.port}/computeMetadata/v1/instance/service-accounts/default/identity`
    const ask = (query: string, headers: Record<string, string> = { 'metadata-flavor': 'Google' }) =>
      fetch(`${identity}${query}`, { headers })
    const token = await (await ask('?audience=https%3A%2F%2Ffn&format=full')).text()
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(tokens.url)), { audience: 'https://fn' })
    expect(payload).toMatchObject({ email: 'fn-api@b.iam.gserviceaccount.com', email_verified: true })
    expect((await ask('?audience=https%3A%2F%2Ffn', {})).status).toBe(403)
    expect((await ask('')).status).toBe(400)
  })
})

describe('the token signer', () => {
  test('signs with the same key after a restart, kept where only its owner reads', async () => {
    const keyFile = join(stateFolder(), 'key.json')
    const claims = { serviceAccountEmail: 'a@b.iam.gserviceaccount.com', audience: 'https://fn' }
    const token = await (await localSigner(keyFile)).identityToken(claims)
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    const again = await localSigner(keyFile)
    const jwks = await startTokens({ port: 0, signer: again })
    onTestFinished(() => jwks.stop())
    const keys = createRemoteJWKSet(new URL(jwks.url))
    const { payload } = await jwtVerify(token, keys, { audience: 'https://fn', algorithms: ['RS256'] })
    expect(payload).toMatchObject({ iss: 'https://accounts.google.com', email: claims.serviceAccountEmail })
    expect(Number(payload.exp) - Number(payload.iat)).toBe(3600)
    expect(decodeProtectedHeader(token).kid).toBe(again.jwks.keys[0]?.kid)
    expect(JSON.stringify(await (await fetch(jwks.url)).json())).not.toContain('"d"')
    expect((await fetch(jwks.url.replace('jwks.json', 'key.json'))).status).toBe(404)
    const stranger = await localSigner(join(stateFolder(), 'key.json'))
    await expect(jwtVerify(await stranger.identityToken(claims), keys)).rejects.toThrow()
  })
})

describe('the journal', () => {
  test('keeps the last value of each key, forgets what was dropped, and shrinks', () => {
    const file = join(stateFolder(), 'state.jsonl')
    const journal = openJournal(file, 'Test')
    for (let n = 0; n < 20_000; n += 1) journal.put('counter', n)
    journal.put('kept', { a: 1 })
    journal.put('gone', 'secret')
    journal.drop('gone')
    journal.close()
    expect(statSync(file).size).toBeLessThan(200_000)
    const reopened = openJournal(file, 'Test')
    expect([...reopened.records]).toEqual([
      ['counter', 19_999],
      ['kept', { a: 1 }],
    ])
    reopened.close()
    expect(readFileSync(file, 'utf8')).not.toContain('secret')
  })

  test('ignores a line that was cut off, names a damaged one, and refuses the state of another', () => {
    const file = join(stateFolder(), 'state.jsonl')
    const journal = openJournal(file, 'Test')
    journal.put('whole', 1)
    journal.close()
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, `${whole}["torn",{"a"`)
    const reopened = openJournal(file, 'Test')
    expect([...reopened.records.keys()]).toEqual(['whole'])
    reopened.close()
    writeFileSync(file, `${whole}["torn",{"a"\n`)
    expect(() => openJournal(file, 'Test')).toThrow(`${file}:3 is damaged`)
    writeFileSync(file, whole)
    expect(() => openJournal(file, 'Other')).toThrow('--fresh')
    expect(existsSync(file)).toBe(true)
  })
})
