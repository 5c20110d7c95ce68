/** How a day's impressions spread over its hours: quiet nights, a lunch hump, an evening peak. */
const HOURS = [
  1.6, 1.0, 0.7, 0.6, 0.7, 1.3, 2.6, 3.9, 4.4, 4.6, 4.7, 4.9, 5.6, 5.4, 4.9, 4.7, 4.8, 5.1, 5.7, 6.5, 7.2, 7.4, 5.6,
  3.1,
]
const TOTAL = HOURS.reduce((sum, weight) => sum + weight, 0)
const BEFORE = HOURS.map((_, hour) => HOURS.slice(0, hour).reduce((sum, weight) => sum + weight, 0) / TOTAL)

/** The share of a day's delivery that lies before a point of the day; both in [0, 1]. */
export function dayShare(point: number): number {
  if (point <= 0) return 0
  if (point >= 1) return 1
  const hour = Math.floor(point * 24)
  return (BEFORE[hour] ?? 1) + (point * 24 - hour) * ((HOURS[hour] ?? 0) / TOTAL)
}

/** The point of the day before which that share lies: the inverse. */
export function dayPoint(share: number): number {
  if (share <= 0) return 0
  if (share >= 1) return 1
  let hour = 23
  while (hour > 0 && (BEFORE[hour] ?? 0) > share) hour--
  return (hour + (share - (BEFORE[hour] ?? 0)) / ((HOURS[hour] ?? 1) / TOTAL)) / 24
}
