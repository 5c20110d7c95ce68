import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { majorText, microsOfDecimal, microsPerMinor, parseMoney, toMicros } from '#domain/money.ts'

describe('money', () => {
  test('an amount is read without passing through a float', () => {
    expect(parseMoney('20.00', 'USD')).toEqual({ minor: 2000, currency: 'USD' })
    expect(parseMoney('0.07', 'USD').minor).toBe(7)
    expect(parseMoney('1500', 'JPY').minor).toBe(1500)
    expect(parseMoney('12.5', 'USD').minor).toBe(1250)
  })

  test('more decimals than the currency has, letters and unknown currencies are refused with a remedy', () => {
    for (const [text, currency] of [
      ['1.234', 'USD'],
      ['1.5', 'JPY'],
      ['abc', 'USD'],
      ['', 'USD'],
      ['1e3', 'USD'],
      ['20', 'DOLLARS'],
    ] as const)
      expect(() => parseMoney(text, currency), `${text} ${currency}`).toThrow(
        expect.objectContaining({ code: 'invalid' }),
      )
  })

  test('what is written is read back, for any amount and currency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e11, max: 1e11 }),
        fc.constantFrom('USD', 'EUR', 'COP', 'JPY', 'KWD'),
        (minor, currency) => {
          expect(parseMoney(majorText({ minor, currency }), currency).minor).toBe(minor === 0 ? 0 : minor)
        },
      ),
    )
  })

  test('a platform’s decimal becomes exact micros', () => {
    expect(microsOfDecimal('12.34')).toBe(12_340_000)
    expect(microsOfDecimal('0.1')).toBe(100_000)
    expect(microsOfDecimal('7')).toBe(7_000_000)
    expect(toMicros({ minor: 1234, currency: 'USD' })).toBe(microsOfDecimal('12.34'))
    expect(microsPerMinor('JPY')).toBe(1_000_000)
    expect(() => microsOfDecimal('12,34')).toThrow()
  })
})
