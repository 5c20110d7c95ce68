import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '#tests/support/project-files.ts'
import { until } from '#tests/support/stack.ts'

const MIB = 1024 * 1024

/** An artifact as it is deployed: the preload, the list, one function of the Functions Framework in a process of its own. */
let folder: string
let ingest: Running
let listener: Running

type Running = { child: ChildProcess; url: string; printed: () => string }

beforeAll(async () => {
  folder = mkdtempSync(join(ROOT, 'node_modules', '.adflux-preload-'))
  for (const file of ['preload.mjs', 'functions.json']) cpSync(join(ROOT, 'functions', file), join(folder, file))
  writeFileSync(
    join(folder, 'index.cjs'),
    `const { http, cloudEvent } = require('@google-cloud/functions-framework')
     const { createHash } = require('node:crypto')
     http('ingest-jobs', (req, res) => res.json({
       bytes: req.rawBody?.length ?? null,
       sha: req.rawBody ? createHash('sha256').update(req.rawBody).digest('hex') : null,
       text: req.rawBody && req.rawBody.length < 100 ? req.rawBody.toString() : null,
       bodyIsBytes: Buffer.isBuffer(req.body),
       encoding: req.headers['content-encoding'] ?? null,
       type: req.headers['content-type'] ?? null,
       rss: process.memoryUsage.rss(),
       peak: process.resourceUsage().maxRSS * 1024,
     }))
     cloudEvent('handle-events', (event) => console.log(JSON.stringify(event)))`,
  )
  ;[ingest, listener] = await Promise.all([serve('ingest-jobs'), serve('handle-events')])
})

afterAll(async () => {
  for (const { child } of [ingest, listener]) {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a function as Google's runtime does, with the preload in NODE_OPTIONS. */
async function serve(name: string): Promise<Running> {
  const framework = join(ROOT, 'node_modules', '@google-cloud', 'functions-framework', 'build', 'src', 'main.js')
  const port = await freePort()
  const child = spawn(process.execPath, [framework, '--source', join(folder, 'index.cjs'), '--port', String(port)], {
    env: {
      PATH: process.env.PATH,
      FUNCTION_TARGET: name,
      NODE_OPTIONS: `--import ${pathToFileURL(join(folder, 'preload.mjs')).href}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const url = `http://127.0.0.1:${port}`
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return { child, url, printed: () => text }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}

const post = (body: string | Buffer, headers: Record<string, string> = {}, to = ingest) =>
  fetch(to.url, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

const json = async (answer: Response) => ({ status: answer.status, ...(await answer.json()) })

test.each(['{"title": ', '5', '"text"', '\u0000', '{"a":1}'])(
  'the JSON %j reaches the function as bytes',
  async (text) => {
    expect(await json(await post(text))).toMatchObject({
      status: 200,
      text,
      bodyIsBytes: true,
      type: 'application/json',
    })
  },
)

test('a request without a body and one with an empty body get through', async () => {
  expect(await json(await fetch(ingest.url))).toMatchObject({ status: 200, bytes: null })
  expect(await json(await post(''))).toMatchObject({ status: 200, bytes: 0 })
})

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const)('a body sent as %s arrives inflated, without its encoding', async (encoding, compress) => {
  const answer = await json(await post(compress('{"hello":"world"}'), { 'content-encoding': encoding }))
  expect(answer).toMatchObject({ status: 200, text: '{"hello":"world"}', encoding: null })
})

test('ten MiB pass whole, eleven are refused with the limit and the remedy', async () => {
  expect(await json(await post(Buffer.alloc(10 * MIB, 'x')))).toMatchObject({ status: 200, bytes: 10 * MIB })
  const refused = await post(Buffer.alloc(11 * MIB, 'x'))
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  expect(await json(refused)).toMatchObject({
    status: 413,
    type: '/problems/too_large',
    detail: expect.stringMatching(/10 MiB, the limit of ingest-jobs.*several smaller requests/),
  })
})

test('eleven MiB of which nobody announced the length are refused too', async () => {
  const parts = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (let i = 0; i < 11; i++) controller.enqueue(new Uint8Array(MIB))
      controller.close()
    },
  })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: parts, duplex: 'half' }
  expect((await fetch(ingest.url, init)).status).toBe(413)
})

test('an archive that inflates beyond 50 MiB is refused', async () => {
  // Noise in every other byte keeps it below the hundredfold, so that the size alone is judged.
  const text = Buffer.alloc(51 * MIB, 'abcdefghij')
  for (let i = 0, seed = 7; i < text.length; i += 24) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    text[i] = seed >>> 16
  }
  const archive = gzipSync(text, { level: 1 })
  expect(archive.length).toBeLessThan(10 * MIB)
  expect(text.length / archive.length).toBeLessThan(100)
  const answer = await json(await post(archive, { 'content-encoding': 'gzip' }))
  expect(answer).toMatchObject({ status: 413, detail: expect.stringContaining('50 MiB') })
})

test('a bomb of 300 MB is refused before it costs 100 MB of memory', async () => {
  const calm = await serve('ingest-jobs')
  try {
    const { peak: before } = await json(await post('{}', {}, calm))
    const bomb = gzipSync(Buffer.alloc(300 * MIB))
    const answer = await json(await post(bomb, { 'content-encoding': 'gzip' }, calm))
    expect(answer).toMatchObject({ status: 413, detail: expect.stringContaining('100 times') })
    const { peak: after } = await json(await post('{}', {}, calm))
    expect(after - before).toBeLessThan(100 * MIB)
  } finally {
    calm.child.kill('SIGKILL')
  }
})

test('a damaged or cut archive, and an unknown encoding, are told as what they are', async () => {
  const whole = gzipSync('{"hello":"world"}')
  const gzip = { 'content-encoding': 'gzip' }
  expect(await json(await post('not gzip', gzip))).toMatchObject({ status: 400, type: '/problems/invalid' })
  expect(await json(await post(whole.subarray(0, 20), gzip))).toMatchObject({ status: 400 })
  expect(await json(await post('x', { 'content-encoding': 'zstd' }))).toMatchObject({
    status: 415,
    detail: expect.stringContaining('gzip, deflate, br'),
  })
  expect((await post(whole, { 'content-encoding': 'gzip, gzip' })).status).toBe(415)
})

test('a client that goes away in the middle does no harm', async () => {
  const socket = connect(Number(new URL(ingest.url).port), '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nonly this')
  await once(socket, 'connect')
  socket.destroy()
  expect((await post('{}')).status).toBe(200)
})

test('an event arrives parsed, as the framework needs it; a broken one is a problem document', async () => {
  const headers = {
    'ce-id': '1',
    'ce-specversion': '1.0',
    'ce-type': 'google.cloud.pubsub.topic.v1.messagePublished',
    'ce-source': '//pubsub.googleapis.com/projects/p/topics/t',
    'ce-time': '2026-11-20T12:00:00Z',
  }
  const body = '{"message":{"data":"eA==","messageId":"1"},"subscription":"projects/p/subscriptions/s"}'
  expect((await post(body, headers, listener)).status).toBe(204)
  await until('the function has the event', () => listener.printed().includes('projects/p/subscriptions/s'))
  const broken = await post('{"message"', headers, listener)
  expect(broken.headers.get('content-type')).toBe('application/problem+json')
  expect(broken.status).toBe(400)
})

test('a function that the list does not name does not start', async () => {
  await expect(serve('nobody')).rejects.toThrow('ended with 1')
})

test('the limits that are tested here are the ones of the list', () => {
  const { functions } = JSON.parse(readFileSync(join(ROOT, 'functions', 'functions.json'), 'utf8'))
  expect(functions['ingest-jobs']).toMatchObject({ maxBodyBytes: 10 * MIB, maxInflatedBytes: 50 * MIB })
})
