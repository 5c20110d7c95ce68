const DAY_MS = 86_400_000

/**
 * An instant in UTC from what sources write: ISO 8601 with or without zone, "2026-08-05 11:45:30 UTC", RFC 2822, a bare date, epoch
 * seconds or milliseconds. A time without zone is read as UTC. Null for anything else.
 */
export function instantOf(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'number') return fromMs(value < 1e11 ? value * 1000 : value)
  const text = value.trim()
  if (/^\d{10}$|^\d{13}$/.test(text)) return instantOf(Number(text))
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?) ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/.exec(
    text,
  )
  if (iso) {
    const [, day, time = '00:00:00', zone = 'Z'] = iso
    const offset = /^[A-Z]/.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
    return realDay(day ?? '') ? fromMs(Date.parse(`${day}T${time}${offset}`)) : null
  }
  // RFC 2822, and the same without zone and with a stray ":0" behind the seconds, as one public-sector board sends it.
  const mail =
    /^(?:[A-Z][a-z]{2}, )?(\d{1,2} [A-Z][a-z]{2} \d{4}) (\d{2}:\d{2}(?::\d{2})?)(?::\d+)? ?([A-Z]{1,4}|[+-]\d{4})?$/.exec(
      text,
    )
  return mail ? fromMs(Date.parse(`${mail[1]} ${mail[2]} ${mail[3] ?? 'GMT'}`)) : null
}

/** A calendar date (YYYY-MM-DD) from an ISO date or instant as the source wrote its day, or from "31/12/2026" (day first). */
export function dayOf(value: string | null | undefined): string | null {
  const text = value?.trim() ?? ''
  const iso = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0]
  if (iso) return realDay(iso) ? iso : null
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  if (local) {
    const day = `${local[3]}-${local[2]?.padStart(2, '0')}-${local[1]?.padStart(2, '0')}`
    return realDay(day) ? day : null
  }
  return instantOf(text)?.slice(0, 10) ?? null
}

/** "Posted Today", "Posted Yesterday", "Posted 3 Days Ago", "Posted 30+ Days Ago", "Hace 2 días" against now; null for other words. */
export function relativeDay(text: string | null | undefined, now: string): string | null {
  const words = (text ?? '').toLowerCase()
  const count = Number(/(\d+)\+?\s*(day|día|dia)/.exec(words)?.[1] ?? Number.NaN)
  const days = /\b(today|just now|hoy)\b/.test(words) ? 0 : /\b(yesterday|ayer)\b/.test(words) ? 1 : count
  if (Number.isNaN(days)) return null
  return `${new Date(Date.parse(now) - days * DAY_MS).toISOString().slice(0, 10)}T00:00:00.000Z`
}

const realDay = (day: string): boolean =>
  !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().slice(0, 10) === day

function fromMs(ms: number): string | null {
  const at = new Date(ms)
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1970 || at.getUTCFullYear() > 2200
    ? null
    : at.toISOString()
}
