import { redact } from '../calls.ts'
import type { Fields, Json } from '../events.ts'
import type { Fault, FaultKind } from '../faults.ts'
import { type Answer, type Host, type Incoming, json } from '../net/answer.ts'
import type { Parts } from '../parts.ts'
import { items, members, text } from '../world.ts'
import { adCopy, briefOf } from './copy.ts'
import { fillSchema } from './fill-schema.ts'

type GeminiParts = Pick<Parts, 'world' | 'faults' | 'calls'>

/** What Google's keys look like. Any such key will do: nobody's real one needs to be known here, and none is kept. */
const KEY = /^(AIza|AQ\.)[\w.-]{16,}$/

const KINDS: readonly FaultKind[] = ['429', '500', 'hang', 'malformed', 'blocked', 'slow-answer']

/** generativelanguage.googleapis.com: https://ai.google.dev/api/generate-content, v1beta. Deterministic by prompt and seed. */
export function geminiHost(parts: GeminiParts): Host {
  return async (incoming) => {
    const url = new URL(incoming.url, 'https://generativelanguage.googleapis.com')
    const match = /^\/v1(?:beta|alpha)?\/models\/([\w.-]+):(\w+)$/.exec(url.pathname)
    let struck: Fault | undefined
    const answer = (): Answer => {
      if (!match || incoming.method !== 'POST') return failure(404, 'NOT_FOUND', `There is no ${url.pathname}`)
      if (match[2] !== 'generateContent') return failure(404, 'NOT_FOUND', `The sandbox does not imitate ${match[2]}`)
      if (!KEY.test(keyOf(incoming, url))) return badKey()
      const request = bodyOf(incoming)
      if (!request) return failure(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received.')
      struck = parts.faults.strike('gemini', 'generate', null, KINDS)
      return generate(parts, match[1] ?? '', request, struck)
    }
    const found = answer()
    parts.calls.add({
      at: new Date().toISOString(),
      virtualAt: new Date(parts.world.now()).toISOString(),
      platform: 'gemini',
      method: incoming.method,
      path: url.pathname,
      operation: 'generate',
      account: null,
      status: found.status,
      code: null,
      fault: struck?.fault ?? null,
      correlation: null,
      params: redact(bodyOf(incoming) ?? {}),
      ignored: [],
    })
    return found
  }
}

function generate({ world }: GeminiParts, model: string, request: Fields, fault: Fault | undefined): Answer {
  const prompt = promptOf(request)
  if (prompt === '')
    return failure(400, 'INVALID_ARGUMENT', '* GenerateContentRequest.contents: contents is not specified')
  const usage = { promptTokenCount: Math.ceil(prompt.length / 4), totalTokenCount: Math.ceil(prompt.length / 4) }
  switch (fault?.fault) {
    case '429':
      return failure(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota. Please retry in 21s.', [
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '21s' },
      ])
    case '500':
      return failure(500, 'INTERNAL', 'An internal error has occurred. Please retry.')
    case 'hang':
      return { status: 0, headers: {}, body: '', hang: true }
    case 'blocked':
      return json(200, { promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: usage, modelVersion: model })
  }
  const config = members(request.generationConfig)
  const copy = adCopy(world.seed, briefOf(prompt))
  const asJson = text(config.responseMimeType) === 'application/json'
  const schema = config.responseSchema ?? config.responseJsonSchema
  const whole = asJson
    ? JSON.stringify(schema === undefined ? copy.fields : fillSchema(members(schema), copy, ''))
    : copy.text
  const written = fault?.fault === 'malformed' ? `${whole.slice(0, Math.floor(whole.length * 0.6))},` : whole
  const answer = json(200, {
    candidates: [
      { content: { parts: [{ text: written }], role: 'model' }, finishReason: 'STOP', index: 0, avgLogprobs: -0.12 },
    ],
    usageMetadata: { ...usage, candidatesTokenCount: Math.ceil(written.length / 4) },
    modelVersion: model,
  })
  return fault?.fault === 'slow-answer' ? { ...answer, delayMs: fault.delaySeconds * 1000 } : answer
}

function promptOf(request: Fields): string {
  const partsOf = (content: Json | undefined): string[] =>
    items(members(content).parts).map((part) => text(members(part).text))
  const system = request.systemInstruction
  return [...partsOf(system), ...items(request.contents).flatMap(partsOf)].join('\n').trim()
}

const keyOf = (incoming: Incoming, url: URL): string => {
  const header = incoming.headers['x-goog-api-key']
  return typeof header === 'string' ? header : (url.searchParams.get('key') ?? '')
}

function bodyOf(incoming: Incoming): Fields | undefined {
  try {
    return members(JSON.parse(incoming.body.toString('utf8')) as Json)
  } catch {
    return undefined
  }
}

const badKey = (): Answer =>
  failure(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
  ])

const failure = (code: number, status: string, message: string, details: Json[] = []): Answer =>
  json(code, { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } })
