import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { StackRefusal } from './options.ts'
import { isAlive, signalGroup } from './processes.ts'

/** Who belongs to the stack of this folder right now. */
const Roll = z.object({ supervisor: z.int(), children: z.record(z.string(), z.int()) })
export type Roll = z.infer<typeof Roll>

export const logFile = (state: string, name: string): string => join(state, 'logs', `${name}.log`)
const rollFile = (state: string): string => join(state, 'stack.json')

/** Writes whole or not at all, readable by the owner only. */
export function writePrivate(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}.part`
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, path)
}

/**
 * Takes the state folder for this supervisor. Throws StackRefusal when another one is at work there;
 * what a killed one left running is ended first, after its watchdog had its time to save the state.
 */
export async function takeState(state: string, base: number, fresh: boolean): Promise<void> {
  const before = readRoll(state)
  if (before && before.supervisor !== process.pid && isOurs(before.supervisor, 'main.ts')) {
    throw new StackRefusal(
      `AdFlux is already running on port ${base} (process ${before.supervisor}).\n` +
        `  Use that one, stop it with: kill ${before.supervisor}\n` +
        `  or start a second one beside it: ADFLUX_PORT=${base + 100} npm start`,
    )
  }
  if (before) await endLeftovers(before, state)
  if (fresh) rmSync(state, { recursive: true, force: true })
  rmSync(join(state, 'logs'), { recursive: true, force: true })
  for (const folder of ['logs', 'tmp']) mkdirSync(join(state, folder), { recursive: true, mode: 0o700 })
  writeRoll(state, { supervisor: process.pid, children: {} })
}

export const writeRoll = (state: string, roll: Roll): void => writePrivate(rollFile(state), roll)

export const releaseState = (state: string): void => rmSync(rollFile(state), { force: true })

function readRoll(state: string): Roll | null {
  if (!existsSync(rollFile(state))) return null
  const read = Roll.safeParse(JSON.parse(readFileSync(rollFile(state), 'utf8')))
  return read.success ? read.data : null
}

async function endLeftovers(roll: Roll, state: string): Promise<void> {
  const left = () => Object.entries(roll.children).filter(([, pid]) => isOurs(pid, state))
  const watchdog = roll.children.watchdog
  for (let tries = 0; tries < 150 && watchdog && isOurs(watchdog, state); tries++) await pause(100)
  for (const [, pid] of left()) signalGroup(pid, 'SIGTERM')
  for (let tries = 0; tries < 50 && left().length > 0; tries++) await pause(100)
  for (const [, pid] of left()) signalGroup(pid, 'SIGKILL')
}

/** A process id may have been given to a stranger since: only one whose command line carries our mark counts. */
const isOurs = (pid: number, mark: string): boolean => isAlive(pid) && commandLine(pid).includes(mark)

function commandLine(pid: number): string {
  const proc = `/proc/${pid}/cmdline`
  if (existsSync(proc)) return readFileSync(proc, 'utf8').replaceAll('\0', ' ')
  return spawnSync('ps', ['-o', 'args=', '-ww', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
}
