import { z } from 'zod'
import { DomainError } from './errors.ts'

/** ISO 8601 instant with zone. */
export const Instant = z.iso.datetime({ offset: true })
/** A calendar date in the ad account's time zone: the unit in which platforms bill and report. */
export const AdDay = z.iso.date()
export type AdDay = string

const calendars = new Map<string, Intl.DateTimeFormat>()

/** Making one costs more than all that is done with it. Throws RangeError for a zone that is none. */
function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  calendars.set(timeZone, made)
  return made
}

export const TimeZone = z.string().refine((zone) => {
  try {
    return Boolean(calendarOf(zone))
  } catch {
    return false
  }
}, 'an IANA time zone such as America/Bogota')

const DAY_MS = 86_400_000

export const adDay = (at: Date, timeZone: string): AdDay => calendarOf(timeZone).format(at)

export const addDays = (day: AdDay, days: number): AdDay =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** Both ends included. */
export function daysBetween(since: AdDay, until: AdDay): AdDay[] {
  const days: AdDay[] = []
  for (let day = since; day <= until; day = addDays(day, 1)) days.push(day)
  return days
}

/** "202611" of a day: the key of monthly documents. */
export const monthOf = (day: AdDay): string => day.slice(0, 7).replace('-', '')

function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at))
  const part = (type: string): number => Number(parts.find((p) => p.type === type)?.value)
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(at / 1000) * 1000
}

/** The instant at which a day begins in a zone; where midnight is skipped by a clock change, the first instant after it. */
export function startOfDay(day: AdDay, timeZone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(utc)) throw new DomainError('invalid', `${day} is not a date`, { remedy: 'Use YYYY-MM-DD.' })
  const first = utc - offsetMs(utc, timeZone)
  const second = utc - offsetMs(first, timeZone)
  return new Date(adDay(new Date(second), timeZone) === day ? second : Math.max(first, second))
}
