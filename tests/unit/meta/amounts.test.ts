import { describe, expect, test } from 'vitest'
import { budgetText, mostOnOneDay, mostOver } from '#functions/adapters/meta/amounts.ts'

describe('budgets on Meta', () => {
  test('are integers in the platform’s own smallest unit', () => {
    expect(budgetText({ minor: 2000, currency: 'USD' })).toBe('2000')
    expect(budgetText({ minor: 5_000_000, currency: 'COP' })).toBe('50000')
    expect(budgetText({ minor: 1500, currency: 'JPY' })).toBe('1500')
  })

  test('a fraction of a unit that Meta does not know is refused, not rounded', () => {
    expect(() => budgetText({ minor: 5_000_050, currency: 'COP' })).toThrow(
      expect.objectContaining({ kind: 'refusal' }),
    )
  })

  test('the most it can cost counts the platform’s right to overspend a day, balanced over a week', () => {
    const budget = { minor: 1000, currency: 'USD' }
    expect(mostOnOneDay(budget).minor).toBe(1750)
    expect(mostOver(1, budget).minor).toBe(1750)
    expect(mostOver(3, budget).minor).toBe(5250)
    expect(mostOver(6, budget).minor).toBe(7000)
    expect(mostOver(7, budget).minor).toBe(7000)
    expect(mostOver(15, budget).minor).toBe(15_750)
  })
})
