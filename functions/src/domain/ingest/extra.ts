import { EXTRA_CHARS } from '../job.ts'

/** Unknown fields as JSON text. Where they exceed what a job may carry, the largest are left out and named. */
export function extraText(extra: Record<string, unknown>): string {
  const whole = JSON.stringify(extra)
  if (whole.length <= EXTRA_CHARS) return whole
  const sizes = Object.entries(extra)
    .map(([field, value]) => [field, JSON.stringify(value ?? null).length + field.length + 8] as const)
    .sort((a, b) => b[1] - a[1])
  const leftOut: string[] = []
  let size = whole.length
  for (const [field, length] of sizes) {
    if (size <= EXTRA_CHARS - 2000) break
    leftOut.push(field)
    size -= length
  }
  const kept = Object.fromEntries(Object.entries(extra).filter(([field]) => !leftOut.includes(field)))
  return JSON.stringify({ ...kept, _leftOut: leftOut.map((field) => field.slice(0, 100)).slice(0, 15) })
}
