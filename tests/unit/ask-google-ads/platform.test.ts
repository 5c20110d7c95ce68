import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UnsecuredJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DomainError } from '#domain/errors.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { googleAdsAsker } from '#functions/adapters/ask-google-ads/platform.ts'
import type { AdPlatform } from '#functions/ports/index.ts'
import { connectionTo } from '#tests/support/subjects/subject.ts'

const CONNECTION = connectionTo({
  ...{ platform: 'google-ads', accountId: '7000000000', accountName: 'Andes', currency: 'USD' },
  ...{ timeZone: 'America/Bogota', settings: {} },
})
const STEP = { key: 'campaign', level: 'campaign', name: 'n ~x', payload: {}, digest: 'd' }
const MADE = { campaign: '1' }
const TOKEN = new UnsecuredJWT({}).setExpirationTime('1h').encode()

/** What the function answers next: status and body, or nothing at all. */
let next: [status: number, body: string] | 'hangs up'
let seen: string[]
let asked: { urgent: boolean; startBy: string }[]
let server: Server
let open: (assertTimely?: () => void) => AdPlatform

beforeEach(async () => {
  next = [200, '{"answer":null}']
  seen = []
  asked = []
  server = createServer(async (request, response) => {
    if (request.url?.startsWith('/computeMetadata/')) {
      seen.push('token')
      response.end(request.headers['metadata-flavor'] === 'Google' ? TOKEN : '')
      return
    }
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString())
    seen.push(body.call.method)
    asked.push(body)
    if (next === 'hangs up' || request.headers.authorization !== `Bearer ${TOKEN}`) request.socket.destroy()
    else response.writeHead(next[0]).end(next[1])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const unused = { clockFile: '', jwksUrl: '', tasksHost: '', schedulerHost: '', secretsHost: '' }
  const asker = googleAdsAsker({ functionsUrl: `http://${host}`, local: { ...unused, metadataHost: host } })
  open = (assertTimely) => asker('andes', CONNECTION, assertTimely)
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof PlatformFailure ? error.kind : String(error)),
  )

const CHANGES: [string, (platform: AdPlatform) => Promise<unknown>][] = [
  ['create', (platform) => platform.create(STEP, {})],
  ['update', (platform) => platform.update(STEP, MADE)],
  ['set', (platform) => platform.set(MADE, 'paused')],
  ['remove', (platform) => platform.remove('campaign', '1')],
]
const LOOKS: [string, (platform: AdPlatform) => Promise<unknown>][] = [
  ['find', (platform) => platform.find(STEP, MADE)],
  ['state', (platform) => platform.state(MADE)],
  ['stopped', (platform) => platform.stopped()],
  ['check', (platform) => platform.check()],
]
const LOST: [string, typeof next][] = [
  ['the connection is cut', 'hangs up'],
  ['it fails', [500, '{}']],
  ['it is overloaded', [503, '{}']],
  ['it says something else', [200, '{"answer":{"odd":true}}']],
  ['it says half of it', [200, '{"answer":']],
]

describe.each(LOST)('when %s', (_, answer) => {
  test.each(CHANGES)('%s may have been done', async (_name, call) => {
    next = answer
    expect(await kindOf(call(open()))).toBe('ambiguous')
  })

  test.each(LOOKS)('%s can be asked again', async (_name, call) => {
    next = answer
    expect(await kindOf(call(open()))).toBe('transient')
  })
})

test.each([...CHANGES, ...LOOKS])('%s was not done where the door stayed shut', async (_, call) => {
  for (const status of [400, 401, 403, 404, 429]) {
    next = [status, '{}']
    expect(await kindOf(call(open()))).toBe('transient')
  }
})

test('a failure of the platform arrives as it was thrown there', async () => {
  const details = { code: 'x/Y', userMessage: 'No', retryAfterSeconds: 30, heldBy: 'breaker' }
  next = [200, JSON.stringify({ failure: { kind: 'throttled', message: 'mutate: Y', details } })]
  await expect(open().state(MADE)).rejects.toMatchObject({ kind: 'throttled', message: 'mutate: Y', details })
})

test('what the domain has against it arrives with its remedy', async () => {
  const error = { code: 'unavailable', message: 'The secret ads is not there', remedy: 'Save it again.' }
  next = [200, JSON.stringify({ error })]
  const thrown = await open()
    .check()
    .catch((each: unknown) => each)
  expect(thrown).toBeInstanceOf(DomainError)
  expect(thrown).toMatchObject({ code: error.code, message: error.message, details: { remedy: error.remedy } })
})

test('whoever holds a lease has the last word when all else is ready, and then nothing is sent', async () => {
  const late = () => {
    seen.push('last word')
    throw new Error('held elsewhere')
  }
  for (const [, call] of CHANGES) expect(await kindOf(call(open(late)))).toBe('Error: held elsewhere')
  expect(seen).toEqual(['token', ...CHANGES.map(() => 'last word')])
  next = [200, '{"answer":[]}']
  await open(late).stopped()
  expect(seen.at(-1)).toBe('stopped')
})

test('every call says by when it must have begun, and whether it confirms a pause', async () => {
  const platform = open()
  await platform.set(MADE, 'active')
  await platform.set(MADE, 'paused')
  next = [200, '{"answer":{"confirmed":"paused","message":null}}']
  await platform.state(MADE)
  expect(asked.map(({ urgent }) => urgent)).toEqual([false, true, true])
  for (const { startBy } of asked) expect(Date.parse(startBy) - Date.now()).toBeLessThanOrEqual(8000)
})

test('an image stays here: Search ads show none', async () => {
  expect(await open().keepImage(new Uint8Array(10))).toBeNull()
  expect(seen).toEqual([])
})

test('the metadata server is asked once for many calls; without it nothing is sent', async () => {
  next = [200, '{"answer":[]}']
  await open().stopped()
  await open().stopped()
  expect(seen).toEqual(['token', 'stopped', 'stopped'])
  const unused = { clockFile: '', jwksUrl: '', tasksHost: '', schedulerHost: '', secretsHost: '' }
  const lost = googleAdsAsker({ functionsUrl: 'http://127.0.0.1:1', local: { ...unused, metadataHost: '127.0.0.1:1' } })
  expect(await kindOf(lost('andes', CONNECTION).create(STEP, {}))).toBe('transient')
})
