import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { SharedClock, virtualNow } from '#domain/clock.ts'

/** The stack's one clock as a process sees it. All instants are epoch milliseconds, rounded to whole ones. */
export interface StackClock {
  /** Virtual now. */
  now(): number
  /** Moves virtual time forward by `ms` (never back) and answers the new virtual now. */
  advance(ms: number): number
  /** Virtual milliseconds per real millisecond from now on; 0 stands still. */
  setSpeed(speed: number): void
  /** Real milliseconds until virtual time reaches `virtualAt`: 0 when it has, Infinity while the clock stands still. */
  realUntil(virtualAt: number): number
  /** Calls back after every change that this process makes or notices; answers how to stop listening. */
  onChange(listener: () => void): () => void
}

const REREAD_MS = 20
const HEARTBEAT_MS = 1000

/**
 * The clock kept in `file` (clock.json), shared by every process that opens the same file; a missing file starts at real
 * time, speed 1. Another process's change is noticed within about 20 ms. Changes are read-modify-write, so let one process
 * (the one that serves the sandbox's control) make them.
 */
export function sharedClock(file: string): StackClock {
  const listeners = new Set<() => void>()
  let clock = open(file)
  let stamp = stampOf(file)
  let checkedAt = Date.now()

  const announce = (): void => {
    for (const listener of listeners) queueMicrotask(listener)
  }

  const refresh = (force: boolean): void => {
    const real = Date.now()
    if (!force && Math.abs(real - checkedAt) < REREAD_MS) return
    checkedAt = real
    const found = stampOf(file)
    // A vanished file means the state folder is being removed: the last known time is better than none.
    if (found === undefined || found === stamp) return
    stamp = found
    clock = read(file)
    announce()
  }

  const change = (next: (real: number, now: number) => SharedClock): void => {
    refresh(true)
    const real = Date.now()
    clock = next(real, virtualNow(clock, real))
    write(file, clock)
    stamp = stampOf(file)
    announce()
  }

  return {
    now: () => {
      refresh(false)
      return virtualNow(clock, Date.now())
    },
    advance: (ms) => {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`The clock advances by 0 ms or more, not by ${ms}`)
      change((real, now) => ({ realBase: real, virtualBase: now + ms, speed: clock.speed }))
      return virtualNow(clock, Date.now())
    },
    setSpeed: (speed) => {
      if (!Number.isFinite(speed) || speed < 0) throw new RangeError(`The clock's speed is 0 or more, not ${speed}`)
      change((real, now) => ({ realBase: real, virtualBase: now, speed }))
    },
    realUntil: (virtualAt) => {
      refresh(false)
      const left = virtualAt - virtualNow(clock, Date.now())
      if (left <= 0) return 0
      return clock.speed === 0 ? Number.POSITIVE_INFINITY : left / clock.speed
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/**
 * The clock for the one process that carries a stack's time. Virtual time stands still while no stack runs: it goes on from
 * where the last one left it, except that a clock behind real time catches up with the hours that passed meanwhile, so that
 * a demo that was never advanced wakes up today. A new clock starts `startBehindMs` in the past. `stop` records where it stands; a killed process loses at most a second.
 */
export function keepClock(file: string, startBehindMs = 0): { clock: StackClock; stop(): void } {
  if (stampOf(file) === undefined) {
    const real = Date.now()
    write(file, { realBase: real, virtualBase: real - startBehindMs, speed: 1 })
  }
  resume(file)
  const alive = aliveFile(file)
  const beat = (until: number): void => writeFileSync(alive, String(until))
  beat(Date.now() + HEARTBEAT_MS)
  const timer = setInterval(() => beat(Date.now() + HEARTBEAT_MS), HEARTBEAT_MS)
  timer.unref()
  return {
    clock: sharedClock(file),
    stop: () => {
      clearInterval(timer)
      beat(Date.now())
    },
  }
}

function resume(file: string): void {
  const aliveUntil = lastAlive(file)
  if (aliveUntil === undefined) return
  const clock = open(file)
  const real = Date.now()
  const stoppedAt = Math.min(real, aliveUntil)
  const left = virtualNow(clock, stoppedAt)
  const virtualBase = left < real ? Math.min(real, left + (real - stoppedAt)) : left
  write(file, { realBase: real, virtualBase, speed: clock.speed })
}

const aliveFile = (file: string): string => `${file}.alive`

function lastAlive(file: string): number | undefined {
  if (stampOf(aliveFile(file)) === undefined) return undefined
  const at = Number(readFileSync(aliveFile(file), 'utf8'))
  return Number.isFinite(at) && at > 0 ? at : undefined
}

function open(file: string): SharedClock {
  if (stampOf(file) !== undefined) return read(file)
  const real = Date.now()
  const clock = { realBase: real, virtualBase: real, speed: 1 }
  write(file, clock)
  return clock
}

function read(file: string): SharedClock {
  try {
    return SharedClock.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new Error(`${file} is not a clock; remove it to start at real time`, { cause })
  }
}

function write(file: string, clock: SharedClock): void {
  const draft = `${file}.${process.pid}.tmp`
  writeFileSync(draft, `${JSON.stringify(clock)}\n`)
  renameSync(draft, file)
}

function stampOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true })
  return stat && `${stat.ino}:${stat.mtimeNs}`
}
