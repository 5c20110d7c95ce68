import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { GEMINI_KEY } from '#local/sandbox/accounts.ts'
import { type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await testSandbox()
})
afterAll(() => sandbox.remove())
afterEach(() => sandbox.control('DELETE', 'faults'))

const PROMPT = 'Write an ad for this job.\nTitle: Data engineer\nCompany: Acme\nCity: Bogotá'
const ask = (
  body: object = { contents: [{ role: 'user', parts: [{ text: PROMPT }] }] },
  key: string | null = GEMINI_KEY,
) =>
  sandbox.host(
    'generativelanguage.googleapis.com',
    'POST',
    '/v1beta/models/gemini-2.5-flash:generateContent',
    { 'content-type': 'application/json', ...(key === null ? {} : { 'x-goog-api-key': key }) },
    JSON.stringify(body),
  )
const structured = {
  contents: [{ role: 'user', parts: [{ text: PROMPT }] }],
  generationConfig: {
    responseMimeType: 'application/json',
    responseSchema: {
      type: 'OBJECT',
      properties: { headline: { type: 'STRING', maxLength: 40 }, primaryText: { type: 'STRING' } },
    },
  },
}
const textOf = (answer: { body: { candidates: { content: { parts: { text: string }[] } }[] } }): string =>
  answer.body.candidates[0]?.content.parts[0]?.text ?? ''

test('copy is written from the prompt, the same each time', async () => {
  const first = await ask()
  expect(first.body.candidates[0]).toMatchObject({ finishReason: 'STOP', content: { role: 'model' } })
  expect(textOf(first)).toMatch(/Data engineer/)
  expect(textOf(await ask())).toBe(textOf(first))
})

test('a schema is answered by JSON of its shape', async () => {
  const { headline, primaryText } = JSON.parse(textOf(await ask(structured)))
  expect(headline.length).toBeLessThanOrEqual(40)
  expect(primaryText).toMatch(/Data engineer at Acme in Bogotá/)
})

test('the official client reads it through the proxy', async () => {
  expect(
    await sandbox.child<string>(import.meta.resolve('./scenarios/generate-by-client.ts'), {
      key: GEMINI_KEY,
      prompt: PROMPT,
    }),
  ).toMatch(/Data engineer/)
})

test('a key is needed and must be right, in the header or in the address', async () => {
  for (const key of [null, 'wrong']) {
    const { status, body } = await ask(undefined, key)
    expect(status).toBe(400)
    expect(body.error.details[0].reason).toBe('API_KEY_INVALID')
  }
  const path = `/v1beta/models/gemini-2.5-flash:generateContent?key=${GEMINI_KEY}`
  const body = JSON.stringify({ contents: [{ parts: [{ text: PROMPT }] }] })
  const answer = await sandbox.host('generativelanguage.googleapis.com', 'POST', path, {}, body)
  expect(answer.status).toBe(200)
  const shown = JSON.stringify((await sandbox.control('GET', 'calls?operation=generate')).body)
  expect(shown).not.toContain(GEMINI_KEY)
})

test('faults: malformed, blocked, out of quota, broken', async () => {
  const arm = (fault: string) => sandbox.control('POST', 'faults', { platform: 'gemini', fault })
  await arm('malformed')
  expect(() => JSON.parse('x')).toThrow()
  const malformed = textOf(await ask(structured))
  expect(() => JSON.parse(malformed)).toThrow()
  await arm('blocked')
  expect((await ask()).body).toMatchObject({ promptFeedback: { blockReason: 'SAFETY' } })
  await arm('429')
  const limited = await ask()
  expect(limited).toMatchObject({ status: 429, body: { error: { status: 'RESOURCE_EXHAUSTED' } } })
  expect(limited.body.error.details[0].retryDelay).toMatch(/^\d+s$/)
  await arm('500')
  expect((await ask()).status).toBe(500)
  expect((await ask()).status).toBe(200)
})

test('bad requests are refused as the platform refuses them', async () => {
  expect(await ask({ contents: [] })).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } })
  const wrong = await sandbox.host('generativelanguage.googleapis.com', 'GET', '/v1beta/models', {})
  expect(wrong.status).toBe(404)
})
