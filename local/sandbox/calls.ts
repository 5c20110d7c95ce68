import type { FaultPlatform, Operation } from './faults.ts'

/** One request as it arrived, without its secrets. */
export interface CallRecord {
  n: number
  /** Real and virtual time, ISO 8601. */
  at: string
  virtualAt: string
  platform: FaultPlatform
  method: string
  path: string
  operation: Operation
  account: string | null
  status: number
  /** Graph error code, if the answer was an error. */
  code: number | null
  fault: string | null
  correlation: string | null
  params: Record<string, unknown>
  /** Parameters that the platform silently ignores. */
  ignored: string[]
}

export interface CallLog {
  add(record: Omit<CallRecord, 'n'>): void
  recent(limit: number): CallRecord[]
  /** "meta.create-campaign" -> how many. */
  counts(): Record<string, number>
  restore(counts: Record<string, number>): void
  clear(): void
}

const KEPT = 1000

export function callLog(): CallLog {
  let records: CallRecord[] = []
  const counts = new Map<string, number>()
  let n = 0
  return {
    add: (record) => {
      records.push({ n: ++n, ...record })
      if (records.length > 2 * KEPT) records = records.slice(-KEPT)
      const key = `${record.platform}.${record.operation}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
    recent: (limit) => records.slice(-Math.min(limit, KEPT)).reverse(),
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b))),
    restore: (known) => {
      for (const [key, count] of Object.entries(known)) counts.set(key, count)
    },
    clear: () => {
      records = []
      counts.clear()
      n = 0
    },
  }
}

const SECRET = /^(access_token|appsecret_proof|input_token|key|bytes|payload|client_secret|refresh_token|api_key)$/i

/** Parameters as they may be shown: no token, no personal data, nothing longer than a screen. */
export function redact(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (SECRET.test(name)) return [name, '***']
      const text = JSON.stringify(value) ?? ''
      return [name, text.length > 2000 ? `${text.slice(0, 2000)}…` : value]
    }),
  )
}
