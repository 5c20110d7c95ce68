import { Temporal } from 'temporal-polyfill'

const DAY_MS = 86_400_000
const starts = new Map<string, Map<number, number>>()
const offsets = new Map<string, Intl.DateTimeFormat>()

/** Days since 1970-01-01 of a calendar date "YYYY-MM-DD"; undefined when it is no such date. */
export function dayNumber(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined
  const at = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(at) || dateOf(at / DAY_MS) !== date ? undefined : at / DAY_MS
}

/** The calendar date of a day number. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** 0 = Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7

/** The instant (epoch ms) at which a day begins in a zone; 23- and 25-hour days are as the zone has them. */
export function dayStart(day: number, zone: string): number {
  let known = starts.get(zone)
  if (!known) {
    known = new Map()
    starts.set(zone, known)
  }
  let at = known.get(day)
  if (at === undefined) {
    at = Temporal.PlainDate.from(dateOf(day)).toZonedDateTime(zone).epochMilliseconds
    known.set(day, at)
  }
  return at
}

/** The day number in a zone at an instant. */
export function dayAt(at: number, zone: string): number {
  let day = Math.floor(at / DAY_MS)
  while (at < dayStart(day, zone)) day--
  while (at >= dayStart(day + 1, zone)) day++
  return day
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Meta's spelling of an instant in an account's zone: 2026-11-20T17:04:30-0500. */
export function zonedText(at: number, zone: string): string {
  const minutes = offsetMinutes(at, zone)
  const local = new Date(at + minutes * 60_000).toISOString().slice(0, 19)
  const size = Math.abs(minutes)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}

/** Minutes east of UTC. */
export function offsetMinutes(at: number, zone: string): number {
  let format = offsets.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    offsets.set(zone, format)
  }
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}
