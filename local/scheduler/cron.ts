import { Cron } from 'croner'
import { invalid } from '#local/grpc.ts'

/** When a job is due. Instants are epoch milliseconds; undefined when there is none. */
export interface Timetable {
  /** The first tick after `at`. */
  next(at: number): number | undefined
  /** The last tick at or before `at`. */
  last(at: number): number | undefined
}

/**
 * The ticks of a five-field unix-cron expression in a time zone of the tz database. Croner's extensions, which Cloud
 * Scheduler does not know, are refused, as are English-like schedules.
 */
export function timetable(schedule: string, timeZone: string): Timetable {
  if (!/^(\S+ +){4}\S+$/.test(schedule.trim()) || /[^\d*/,\-A-Za-z\s]|L|W/.test(withoutNames(schedule))) {
    throw invalid(`job.schedule must be five cron fields, such as "*/15 * * * *", found "${schedule}"`)
  }
  if (!isTimeZone(timeZone)) throw invalid(`job.time_zone must be a tz database name, found "${timeZone}"`)
  try {
    const cron = new Cron(schedule.trim(), { timezone: timeZone, mode: '5-part' })
    return {
      next: (at) => cron.nextRun(new Date(at))?.getTime(),
      // Croner looks strictly before the instant.
      last: (at) => cron.previousRuns(1, new Date(at + 1))[0]?.getTime(),
    }
  } catch (error) {
    throw invalid(`job.schedule "${schedule}" is not valid: ${error instanceof Error ? error.message : error}`)
  }
}

const withoutNames = (schedule: string): string =>
  schedule
    .toUpperCase()
    .replace(/\b(SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b/g, '1')

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
