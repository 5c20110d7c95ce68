import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CallLog } from './calls.ts'

const EVERY_MS = 1000

/** Keeps how many calls of each kind there were: at most a second behind while running, exact after a stop. */
export function keepCounts(stateDir: string, calls: CallLog): { stop(): void } {
  const file = join(stateDir, 'sandbox-calls.json')
  let written = read(file)
  if (written !== '') calls.restore(JSON.parse(written) as Record<string, number>)
  const write = (): void => {
    const now = JSON.stringify(calls.counts())
    if (now === written) return
    writeFileSync(`${file}.tmp`, now, { mode: 0o600 })
    renameSync(`${file}.tmp`, file)
    written = now
  }
  const timer = setInterval(write, EVERY_MS)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      write()
    },
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
