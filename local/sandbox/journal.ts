import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { WorldEvent } from './events.ts'

export interface Journal {
  /** Written before this returns: the system keeps it even when this process is killed at once. */
  append(event: WorldEvent): void
  /** Forgets everything. */
  clear(): void
  close(): void
}

/**
 * The append-only journal of a state folder, one JSON event a line. Opening it answers the events so far; a last line that a
 * kill cut in two is dropped, because its caller never had an answer. A broken line before it is damage and throws.
 */
export function openJournal(stateDir: string): { events: WorldEvent[]; journal: Journal } {
  mkdirSync(stateDir, { recursive: true })
  const file = join(stateDir, 'sandbox.jsonl')
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
  const whole = bytes.lastIndexOf(0x0a) + 1
  const events = bytes
    .subarray(0, whole)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => parse(line, index + 1, file))
  const kept = lasting(events)
  const shrinks = events.length - kept.length > SPARE
  if (shrinks) rewrite(file, kept)
  const handle = openSync(file, 'a', 0o600)
  if (!shrinks && whole < bytes.length) ftruncateSync(handle, whole)
  return {
    events: kept,
    journal: {
      append: (event) => {
        writeSync(handle, `${JSON.stringify(event)}\n`)
      },
      clear: () => ftruncateSync(handle, 0),
      close: () => closeSync(handle),
    },
  }
}

/** Reports come with every sync and expire: only the last ones matter. Nothing else is ever left out. */
export const KEPT_REPORTS = 2000
/** How many events must have become superfluous before the file is written anew. */
const SPARE = 1000

function lasting(events: readonly WorldEvent[]): WorldEvent[] {
  let older = events.filter((event) => event.type === 'report').length - KEPT_REPORTS
  return events.filter((event) => event.type !== 'report' || older-- <= 0)
}

function rewrite(file: string, events: readonly WorldEvent[]): void {
  writeFileSync(`${file}.tmp`, events.map((event) => `${JSON.stringify(event)}\n`).join(''), { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}

function parse(line: string, number: number, file: string): WorldEvent {
  try {
    return JSON.parse(line) as WorldEvent
  } catch (cause) {
    throw new Error(`${file}: line ${number} is damaged; remove the file to start the sandbox afresh`, { cause })
  }
}
