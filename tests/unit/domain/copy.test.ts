import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COPY_LIMITS, fitText, templateCopy } from '#domain/copy.ts'

describe('ad copy', () => {
  test('is cut at a word’s end', () => {
    expect(fitText('Senior backend engineer for payments', 20)).toBe('Senior backend…')
    expect(fitText('  short\n text ', 20)).toBe('short text')
  })

  test('keeps within every limit, whatever the job says', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 600 }),
        fc.option(fc.string({ maxLength: 600 })),
        (title, company) => {
          for (const language of ['es', 'en'] as const) {
            const copy = templateCopy({ language, title, company, place: company, remote: true })
            for (const part of ['primaryText', 'headline', 'description'] as const)
              expect(copy[part].length).toBeLessThanOrEqual(COPY_LIMITS[part])
          }
        },
      ),
    )
  })

  test('speaks the job’s language', () => {
    const facts = { title: 'Analista', company: 'Andes', place: 'Bogotá', remote: false }
    expect(templateCopy({ ...facts, language: 'es' }).primaryText).toContain('Andes busca: Analista')
    expect(templateCopy({ ...facts, language: 'en' }).primaryText).toContain('Andes is hiring: Analista')
  })
})
