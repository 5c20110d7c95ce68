import { z } from 'zod'
import { Failure } from '../failure.ts'

export interface Gemini {
  key: string
  model: string
  pause: (ms: number) => Promise<void>
}

export const DEFAULT_MODEL = 'gemini-2.5-flash'

const TRIES = 4
const TIMEOUT_MS = 60_000
const FIRST_PAUSE_MS = 2000
const LONGEST_PAUSE_MS = 60_000
const ANSWER_BOUND = 2_000_000

const Answer = z.object({
  candidates: z.array(z.object({ content: z.object({ parts: z.array(z.object({ text: z.string() })) }) })).optional(),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
})
const Refused = z.object({
  error: z.object({
    message: z.string(),
    details: z.array(z.looseObject({ retryDelay: z.string().optional() })).optional(),
  }),
})

/** Why one try gave nothing; `again` where another may. */
class Unanswered extends Error {
  readonly again: boolean
  readonly waitMs: number | undefined

  constructor(message: string, again: boolean, waitMs?: number) {
    super(message)
    this.again = again
    this.waitMs = waitMs
  }
}

/**
 * One JSON answer of the shape asked for: bounded in size and time, asked again when it is malformed, blocked or busy. Throws Failure.
 * Source: https://ai.google.dev/api/generate-content, v1beta.
 */
export async function askGemini<T>({ key, model, pause }: Gemini, prompt: string, shape: z.ZodType<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return shape.parse(JSON.parse(await written(key, model, prompt, shape)))
    } catch (error) {
      const why = reasonOf(error)
      if (!why.again || n >= TRIES)
        throw new Failure(`Gemini did not write what was asked for: ${why.message}`, {
          remedy: 'Try again later, or leave --gemini out: the generator needs no model',
        })
      await pause(Math.min(why.waitMs ?? FIRST_PAUSE_MS * 2 ** (n - 1), LONGEST_PAUSE_MS))
    }
  }
}

function reasonOf(error: unknown): Unanswered {
  if (error instanceof Unanswered) return error
  if (error instanceof SyntaxError) return new Unanswered('its answer is no JSON', true)
  if (error instanceof z.ZodError) {
    const { path = [], message = '' } = error.issues[0] ?? {}
    return new Unanswered(`its answer does not fit at /${path.map(String).join('/')}: ${message}`, true)
  }
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return new Unanswered(`${error instanceof Error ? error.message : String(error)}${cause}`, true)
}

async function written(key: string, model: string, prompt: string, shape: z.ZodType): Promise<string> {
  const response = await fetch(
    `https://generativelanguage.googleapis.com/v1beta/models/${encodeURIComponent(model)}:generateContent`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-goog-api-key': key },
      body: JSON.stringify({
        contents: [{ role: 'user', parts: [{ text: prompt }] }],
        generationConfig: {
          responseMimeType: 'application/json',
          responseJsonSchema: schemaOf(shape),
          temperature: 0.9,
          maxOutputTokens: 8192,
        },
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    },
  )
  const text = await response.text()
  if (text.length > ANSWER_BOUND) throw new Unanswered('its answer is too long', true)
  const content: unknown = JSON.parse(text)
  if (!response.ok) throw refused(response.status, content)
  const answer = Answer.parse(content)
  const blocked = answer.promptFeedback?.blockReason
  if (blocked) throw new Unanswered(`the prompt was blocked (${blocked})`, true)
  const parts = answer.candidates?.[0]?.content.parts ?? []
  if (parts.length === 0) throw new Unanswered('its answer is empty', true)
  return parts.map((part) => part.text).join('')
}

function refused(status: number, content: unknown): Unanswered {
  const read = Refused.safeParse(content)
  const message = read.success ? read.data.error.message : `it answered ${status}`
  const delay = read.data?.error.details?.find((detail) => detail.retryDelay)?.retryDelay
  const seconds = Number(delay?.replace(/s$/, ''))
  return new Unanswered(message, status === 429 || status >= 500, seconds > 0 ? seconds * 1000 : undefined)
}

function schemaOf(shape: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(shape)
  return schema
}
