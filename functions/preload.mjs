import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { stderr } from 'node:process'
import { finished } from 'node:stream/promises'
import zlib from 'node:zlib'

// Loaded before the Functions Framework (NODE_OPTIONS=--import ./preload.mjs), which would otherwise buffer and inflate a body of
// any size and answer broken JSON with a page of HTML. Plain JavaScript: the deployed artifact runs it as it is.

const MIB = 1024 * 1024
// Above Pub/Sub's largest message (10 MB, a third more as base64) and Cloud Tasks' (1 MB).
const MACHINE_BODY = 16 * MIB
// SECURITY: an archive may inflate a hundredfold once it is past its first MiB; real feeds stay below fifty.
const MAX_RATIO = 100
const RATIO_COUNTS_FROM = MIB
const TIME_TO_STOP_SENDING_MS = 10_000

const DECODERS = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
}

/**
 * The limits of one function of functions.json. `parsed` tells that the framework turns its body into a CloudEvent and so needs
 * it parsed; all others get their bytes as `rawBody` and parse them themselves.
 */
export function limitsOf(list, name) {
  const entry = list.functions[name]
  if (!entry) throw new Error(`functions.json lists no function ${name}`)
  const raw = entry.maxBodyBytes ?? MACHINE_BODY
  return { name, raw, inflated: entry.maxInflatedBytes ?? raw, parsed: 'topic' in entry.trigger }
}

/**
 * Reads a request's body within the limits and leaves it on the request, inflated, as the framework expects a body that was read
 * already. Resolves to false when there is nothing to hand on: a problem document was answered, or the client went away.
 */
export async function receiveBody(request, response, limits) {
  const { 'content-length': length, 'transfer-encoding': transfer } = request.headers
  if (length === undefined && transfer === undefined) return true
  try {
    if (Number(length) > limits.raw) throw tooLarge(limits, limits.raw, 'is larger than')
    const bytes = await readBytes(request, limits)
    dropHeader(request, 'content-encoding')
    request.rawBody = bytes
    request.body = limits.parsed ? parsedJson(bytes, limits) : bytes
    return true
  } catch (error) {
    if (error instanceof Refused) refuse(request, response, error)
    else if (!request.destroyed) throw error
    return false
  }
}

class Refused extends Error {
  constructor(status, code, title, detail, remedy) {
    super(detail)
    this.problem = { type: `/problems/${code}`, title, status, detail: `${detail} ${remedy}`, remedy }
  }
}

async function readBytes(request, limits) {
  const decoder = decoderFor(request, limits)
  const chunks = []
  let raw = 0
  let size = 0
  let fault
  decoder?.on('data', (chunk) => {
    size += chunk.length
    chunks.push(chunk)
    if (size > limits.inflated) decoder.destroy(tooLarge(limits, limits.inflated, 'inflates to more than'))
    else if (size > RATIO_COUNTS_FROM && size > raw * MAX_RATIO) decoder.destroy(tooDense(limits))
  })
  decoder?.on('error', (error) => {
    fault = error instanceof Refused ? error : badArchive(request)
  })
  // A stream that is only left, not destroyed, can still be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    raw += chunk.length
    if (raw > limits.raw) throw tooLarge(limits, limits.raw, 'is larger than')
    if (!decoder) chunks.push(chunk)
    else if (!fault && !decoder.write(chunk)) await once(decoder, 'drain').catch(() => undefined)
    if (fault) throw fault
  }
  if (decoder) {
    decoder.end()
    await finished(decoder).catch(() => undefined)
    if (fault) throw fault
  }
  return Buffer.concat(chunks)
}

function decoderFor(request, limits) {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return undefined
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined
  if (decoder) return decoder()
  throw new Refused(
    415,
    'unsupported_encoding',
    'The encoding of the body is unknown',
    `${limits.name} cannot read Content-Encoding "${encoding}".`,
    'Send gzip, deflate, br, or no Content-Encoding.',
  )
}

function parsedJson(bytes, limits) {
  if (bytes.length === 0) return {}
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new Refused(
      400,
      'invalid',
      'The event is not JSON',
      `${limits.name}: ${error.message}.`,
      'Send an event of Pub/Sub as JSON.',
    )
  }
}

const tooLarge = (limits, bytes, verb) =>
  new Refused(
    413,
    'too_large',
    'The body is too large',
    `The body ${verb} ${readable(bytes)}, the limit of ${limits.name}.`,
    'Send it in several smaller requests.',
  )

const tooDense = (limits) =>
  new Refused(
    413,
    'too_large',
    'The body inflates too much',
    `The body inflates to more than ${MAX_RATIO} times its size, the limit of ${limits.name}.`,
    'Send it without Content-Encoding, or in several smaller requests.',
  )

const badArchive = (request) =>
  new Refused(
    400,
    'invalid',
    'The body is damaged',
    `The body is not whole ${request.headers['content-encoding']} data, as its Content-Encoding says.`,
    'Compress it again, or send it without Content-Encoding.',
  )

const readable = (bytes) => (bytes % MIB === 0 ? `${bytes / MIB} MiB` : `${bytes} bytes`)

/** Also from the raw list, which some frameworks read instead. */
function dropHeader(request, name) {
  delete request.headers[name]
  const kept = []
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    if (request.rawHeaders[i].toLowerCase() !== name) kept.push(request.rawHeaders[i], request.rawHeaders[i + 1])
  }
  request.rawHeaders.splice(0, request.rawHeaders.length, ...kept)
}

function refuse(request, response, { problem }) {
  const correlationId = randomUUID()
  stderr.write(`${JSON.stringify({ severity: 'WARNING', message: problem.detail, correlationId })}\n`)
  const body = JSON.stringify({ ...problem, correlationId })
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(body)
  // The rest is read and thrown away, so that the client gets to see the answer; one that does not stop is cut off.
  request.resume()
  const patience = setTimeout(() => request.complete || request.destroy(), TIME_TO_STOP_SENDING_MS)
  patience.unref()
  request.once('close', () => clearTimeout(patience))
}

/** Puts the guard before every HTTP server of this process. */
export function guardServers(limits) {
  const seen = new WeakSet()
  const emit = http.Server.prototype.emit
  http.Server.prototype.emit = function (event, ...args) {
    const [request, response] = args
    if (event !== 'request' || seen.has(request)) return emit.call(this, event, ...args)
    seen.add(request)
    receiveBody(request, response, limits).then(
      (whole) => whole && emit.call(this, event, ...args),
      (error) => {
        stderr.write(`${error.stack}\n`)
        response.destroy()
      },
    )
    return true
  }
}

// Set by Google's runtime. The list lies beside this file in the source and in every deployed artifact: without it no function starts.
const target = process.env.FUNCTION_TARGET
if (target) {
  const list = JSON.parse(readFileSync(new URL('./functions.json', import.meta.url), 'utf8'))
  guardServers(limitsOf(list, target))
}
