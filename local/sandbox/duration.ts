const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const UNITS = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000]

/** ISO 8601 durations of weeks, days, hours, minutes and seconds -> ms; undefined for anything else, months included. */
export function durationMs(text: string): number | undefined {
  const match = DURATION.exec(text)
  if (!match || /^P$|T$/.test(text)) return undefined
  return UNITS.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0)
}
