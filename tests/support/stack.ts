import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { LocalProfile } from '#local/stack/local-profile.ts'
import { isFree, portsFrom } from '#local/stack/ports.ts'
import { isAlive } from '#local/stack/processes.ts'
import { ROOT } from './project-files.ts'

/** A place for stacks of one test: free ports and a state folder of its own, which a restart finds again. */
export type StackPlace = { base: number; folder: string }

export type Stack = {
  profile: () => LocalProfile
  /** All that it printed so far. */
  printed: () => string
  /** Sends a signal to the supervisor alone; resolves with its exit code when it is gone (null when killed). */
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

const READY_WITHIN_MS = 180_000

export async function stackPlace(): Promise<StackPlace> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 12_000)
    const free = await Promise.all(Object.values(portsFrom(base)).map(isFree))
    if (free.every(Boolean)) return { base, folder: mkdtempSync(join(tmpdir(), 'adflux-stack-')) }
  }
}

export const removePlace = ({ folder }: StackPlace): void => rmSync(folder, { recursive: true, force: true })

/** `npm start -- <flags>` on the place's ports; resolves when it says that it is ready. Throws with what it printed otherwise. */
export async function startStack(place: StackPlace, flags: string[] = ['--empty']): Promise<Stack> {
  const { child, printed } = launch(place, flags)
  // A test run that is cut short must not leave a stack behind.
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const gone = once(child, 'exit').then(([code]: (number | null)[]) => {
    process.off('exit', kill)
    return code ?? null
  })
  await readiness(child, printed)
  return {
    profile: () => readProfile(place),
    printed,
    end: (signal) => {
      child.kill(signal)
      return gone
    },
  }
}

/** Starts one that is expected to refuse; resolves with its exit code and what it printed. */
export async function startRefused(
  place: StackPlace,
  flags: string[] = [],
  env: Record<string, string> = {},
): Promise<{ code: number | null; printed: string }> {
  const { child, printed } = launch(place, flags, env)
  const [code] = await once(child, 'exit')
  return { code, printed: printed() }
}

const readProfile = (place: StackPlace): LocalProfile => JSON.parse(readFileSync(profileFile(place), 'utf8'))

export const profileFile = ({ folder, base }: StackPlace): string => join(folder, String(base), 'local.json')

/** Resolves with those of the processes that are still there after a fair time to go. */
export async function survivors(pids: number[], withinMs = 15_000): Promise<number[]> {
  const deadline = Date.now() + withinMs
  while (pids.some(isRunning) && Date.now() < deadline) await pause(50)
  return pids.filter(isRunning)
}

/** Resolves when `check` holds; throws after `withinMs`, naming what was waited for. */
export async function until(what: string, check: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain until ${what}`)
    await pause(50)
  }
}

function launch({ base, folder }: StackPlace, flags: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['local/main.ts', ...flags], {
    cwd: ROOT,
    env: { ...process.env, ...env, ADFLUX_PORT: String(base), ADFLUX_STATE: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  return { child, printed: () => text }
}

async function readiness(child: ChildProcess, printed: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (!/^AdFlux is ready/m.test(printed())) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The stack did not start:\n${printed()}`)
    if (Date.now() > deadline) {
      child.kill('SIGTERM')
      throw new Error(`The stack was not ready in ${READY_WITHIN_MS / 1000} s:\n${printed()}`)
    }
    await pause(50)
  }
}

/** A process that ended but was not collected by its parent yet does not run any more. */
function isRunning(pid: number): boolean {
  if (!isAlive(pid)) return false
  const stat = `/proc/${pid}/stat`
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'))
}
