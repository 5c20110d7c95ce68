import { describe, expect, test } from 'vitest'
import { adDay, addDays, daysBetween, monthOf, startOfDay } from '#domain/time.ts'

describe('days of an ad account', () => {
  test('an instant belongs to the day it is in the account’s zone', () => {
    const at = new Date('2026-11-20T03:30:00Z')
    expect(adDay(at, 'America/Bogota')).toBe('2026-11-19')
    expect(adDay(at, 'Europe/Madrid')).toBe('2026-11-20')
  })

  test('a day begins at its local midnight, also on the days when clocks change', () => {
    expect(startOfDay('2026-11-20', 'America/Bogota').toISOString()).toBe('2026-11-20T05:00:00.000Z')
    expect(startOfDay('2026-03-29', 'Europe/Madrid').toISOString()).toBe('2026-03-28T23:00:00.000Z')
    expect(startOfDay('2026-03-30', 'Europe/Madrid').toISOString()).toBe('2026-03-29T22:00:00.000Z')
    expect(startOfDay('2026-10-25', 'Europe/Madrid').toISOString()).toBe('2026-10-24T22:00:00.000Z')
  })

  test('where midnight does not exist the day begins at the first instant after it', () => {
    const first = startOfDay('2026-09-06', 'America/Santiago')
    expect(adDay(first, 'America/Santiago')).toBe('2026-09-06')
    expect(adDay(new Date(first.getTime() - 1), 'America/Santiago')).toBe('2026-09-05')
  })

  test('ranges include both ends and cross months', () => {
    expect(daysBetween('2026-11-29', '2026-12-02')).toEqual(['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02'])
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(monthOf('2026-11-20')).toBe('202611')
  })
})
