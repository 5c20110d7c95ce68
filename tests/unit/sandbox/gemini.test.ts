import { expect, test } from 'vitest'
import { adCopy, briefOf } from '#local/sandbox/gemini/copy.ts'
import { fillSchema } from '#local/sandbox/gemini/fill-schema.ts'

test('copy follows the title, company, city and language of the prompt', () => {
  const spanish = adCopy(
    '7',
    briefOf('Escribe un anuncio.\nPuesto: Enfermera de UCI\nEmpresa: Clínica Norte\nCiudad: Medellín'),
  )
  expect(spanish.fields.primary_text).toMatch(/Enfermera de UCI en Clínica Norte en Medellín/)
  const english = adCopy(
    '7',
    briefOf('Write an ad for this job.\nTitle: Data engineer\nCompany: Acme\nLocation: Austin'),
  )
  expect(english.fields.primary_text).toMatch(/Data engineer at Acme in Austin/)
})

test('a schema is filled in its own shape: lists, choices, bounds and lengths', () => {
  const copy = adCopy('7', briefOf('Title: Very long title of a very important position indeed'))
  const filled = fillSchema(
    {
      type: 'OBJECT',
      properties: {
        variants: {
          type: 'ARRAY',
          minItems: 2,
          maxItems: 2,
          items: {
            type: 'OBJECT',
            properties: {
              headline: { type: 'STRING', maxLength: 30 },
              score: { type: 'INTEGER', minimum: 1, maximum: 5 },
            },
          },
        },
        tone: { type: 'STRING', enum: ['warm', 'formal'] },
      },
    },
    copy,
    '',
  ) as { variants: { headline: string; score: number }[]; tone: string }
  expect(filled.variants).toHaveLength(2)
  for (const { headline, score } of filled.variants) {
    expect(headline.length).toBeLessThanOrEqual(30)
    expect([1, 2, 3, 4, 5]).toContain(score)
  }
  expect(['warm', 'formal']).toContain(filled.tone)
})
