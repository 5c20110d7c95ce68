import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type CloudEvent, cloudEvent, http } from '@google-cloud/functions-framework'
import { expect, onTestFinished, test } from 'vitest'
import { cloudEventOf } from '#local/host/cloud-event.ts'
import { loadEntries } from '#local/host/entries.ts'
import { startHost } from '#local/host/start-host.ts'

const LIST = {
  functions: {
    'host-echo': { trigger: { http: {} }, maxBodyBytes: 1024 },
    'host-listener': { trigger: { topic: 'news' } },
    'host-absent': { trigger: { http: {} } },
    'host-broken': { trigger: { http: {} } },
  },
}

type Seen = { events: CloudEvent<unknown>[]; authorization: (string | undefined)[] }

/** A host with four functions: one echoes, one listens to a topic, one has no file, one throws while it loads. */
async function host(listener: 'event' | 'http' = 'event') {
  const folder = mkdtempSync(join(tmpdir(), 'adflux-host-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const name of ['host-echo', 'host-listener']) writeFileSync(join(folder, `${name}.ts`), 'export {}\n')
  writeFileSync(join(folder, 'host-broken.ts'), 'throw new Error("no key")\n')

  const seen: Seen = { events: [], authorization: [] }
  http('host-echo', (req, res) => {
    res.json({ url: req.url, body: req.rawBody?.toString('utf8') ?? null, type: req.headers['content-type'] ?? null })
  })
  if (listener === 'event') {
    cloudEvent('host-listener', (event: CloudEvent<unknown>) => {
      if (JSON.stringify(event.data).includes('fail')) throw new Error('asked to fail')
      seen.events.push(event)
    })
  } else {
    http('host-listener', (req, res) => {
      seen.authorization.push(req.headers.authorization)
      res.sendStatus(204)
    })
  }
  const entries = await loadEntries(Object.keys(LIST.functions), pathToFileURL(`${folder}/`))
  const running = await startHost({
    port: 0,
    project: 'demo-host',
    entries,
    list: LIST,
    identityToken: async (audience) => `token-for-${audience}`,
  })
  onTestFinished(() => running.stop(0))
  return { url: running.url, seen }
}

const push = (message: object) => ({
  message: { messageId: '17', publishTime: '2026-11-20T12:00:00.000Z', ...message },
  subscription: 'projects/demo-host/subscriptions/host-listener',
})

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

test('a function sees its own path without its name, the query kept', async () => {
  const { url } = await host()
  const at = async (path: string) => (await (await fetch(`${url}${path}`)).json()).url
  expect(await at('/host-echo/v1/jobs?limit=2')).toBe('/v1/jobs?limit=2')
  expect(await at('/host-echo')).toBe('/')
  expect(await at('/host-echo?x=1')).toBe('/?x=1')
})

test('JSON reaches a function as the bytes that were sent, broken or not', async () => {
  const { url } = await host()
  for (const text of ['{"title": ', '5', '"x"', '{"a":1}', '']) {
    const answer = await post(`${url}/host-echo/`, text)
    expect([answer.status, (await answer.json()).body]).toEqual([200, text])
  }
})

test('a body beyond the limit of its function is answered 413 with the limit and the remedy', async () => {
  const { url } = await host()
  const answer = await post(`${url}/host-echo/`, 'x'.repeat(1025))
  expect(answer.status).toBe(413)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect((await answer.json()).detail).toMatch(/1024 bytes, the limit of host-echo.*several smaller/)
})

test('a push arrives as a CloudEvent, with data, attributes, time and the subscription', async () => {
  const { url, seen } = await host()
  const data = Buffer.from('{"job":1}').toString('base64')
  const answer = await post(`${url}/events/host-listener?topic=news`, push({ data, attributes: { org: 'demo' } }))
  expect(answer.status).toBe(204)
  expect(seen.events).toMatchObject([
    {
      id: '17',
      type: 'google.cloud.pubsub.topic.v1.messagePublished',
      source: '//pubsub.googleapis.com/projects/demo-host/topics/news',
      time: '2026-11-20T12:00:00.000Z',
      data: {
        message: { data, attributes: { org: 'demo' }, messageId: '17' },
        subscription: 'projects/demo-host/subscriptions/host-listener',
      },
    },
  ])
})

test('a message with attributes alone is not lost', async () => {
  const { url, seen } = await host()
  await post(`${url}/events/host-listener?topic=news`, push({ attributes: { schedule: 'sweep' } }))
  expect(seen.events).toMatchObject([{ data: { message: { data: '', attributes: { schedule: 'sweep' } } } }])
})

test('a function that fails makes the push fail, so that it comes again', async () => {
  const { url } = await host()
  const answer = await post(`${url}/events/host-listener?topic=news`, push({ attributes: { wish: 'fail' } }))
  expect(answer.status).toBe(500)
})

test('a push without a token gets a signed one for the address of its function; one that has a token keeps it', async () => {
  const { url, seen } = await host('http')
  await post(`${url}/events/host-listener?topic=news`, push({}))
  await post(`${url}/events/host-listener?topic=news`, push({}), { authorization: 'Bearer given' })
  expect(seen.authorization).toEqual([`Bearer token-for-${url}/host-listener`, 'Bearer given'])
})

test('what is no push is refused, and named', async () => {
  const { url } = await host()
  const answer = await post(`${url}/events/host-listener?topic=news`, { hello: 1 })
  expect(answer.status).toBe(400)
  expect((await answer.json()).detail).toContain('message')
})

test('a function without a file and one that does not load say so; the others work', async () => {
  const { url } = await host()
  const absent = await fetch(`${url}/host-absent/`)
  expect([absent.status, (await absent.json()).detail]).toEqual([
    503,
    expect.stringMatching(/there is no .*host-absent\.ts/),
  ])
  const broken = await fetch(`${url}/host-broken/`)
  expect([broken.status, (await broken.json()).detail]).toEqual([503, expect.stringContaining('no key')])
  expect((await fetch(`${url}/host-echo/`)).status).toBe(200)
  const states = await (await fetch(`${url}/_host/functions`)).json()
  expect(states).toMatchObject({ 'host-echo': 'ready', 'host-broken': expect.stringContaining('no key') })
  expect((await fetch(`${url}/nobody/`)).status).toBe(404)
})

test('a delivery attempt that Pub/Sub counts is handed on', () => {
  const event = cloudEventOf({ ...push({ data: 'eA==' }), deliveryAttempt: 3 }, 'p', 't')
  expect('body' in event && JSON.parse(event.body)).toMatchObject({ deliveryAttempt: 3 })
})
