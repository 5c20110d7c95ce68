import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { plainEnvironment } from './environment.ts'
import { type Child, type Command, startChild, stopChild } from './processes.ts'
import { writeRoll } from './state.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

/** The pause before a child is started again: hardly any if it had come up, three times the last one if it cannot. */
export const restartPause = (cameUp: boolean, last: number): number =>
  cameUp || last === 0 ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, last * 3)

export type Children = ReturnType<typeof keepChildren>

type Keeping = {
  state: string
  base: number
  say: (line: string) => void
  /** Called after every change of who runs. */
  changed: (pids: Record<string, number>) => void
}

/** The stack's children, all known to the watchdog, which ends them should this process be killed. */
export function keepChildren({ state, base, say, changed }: Keeping) {
  const running = new Map<string, Child>()
  const commands = new Map<string, Command>()
  let stopping = false
  let worthSaving = false
  const watchdog = startWatchdog(base, state)

  const pids = (): Record<string, number> => ({
    supervisor: process.pid,
    ...(watchdog.pid ? { watchdog: watchdog.pid } : {}),
    ...Object.fromEntries([...running].map(([name, child]) => [name, child.pid])),
  })

  const tell = (): void => {
    const { supervisor: _, watchdog: guard, ...children } = pids()
    writeRoll(state, { supervisor: process.pid, children: guard ? { ...children, watchdog: guard } : children })
    watchdog.stdin?.write(`${JSON.stringify({ children, save: worthSaving })}\n`)
    changed(pids())
  }

  const start = (command: Command): Child => {
    // Bringing up may still be under way when the end begins: a child that is started then would be nobody's to stop.
    if (stopping) throw new Error(`The stack is stopping; ${command.name} is not started`)
    const child = startChild(command)
    commands.set(command.name, command)
    running.set(command.name, child)
    tell()
    return child
  }

  /** Starts a child again whenever it ends. */
  const revive = async (name: string, lastPause = 0): Promise<void> => {
    const child = running.get(name)
    const command = commands.get(name)
    if (!child || !command) return
    const cameUp = child.ready.then(
      () => true,
      () => false,
    )
    const how = await child.exited
    if (stopping) return
    say(`The ${name} process ended with ${how}; it is started again. Its log: ${command.log}`)
    const wait = restartPause(await cameUp, lastPause)
    await pause(wait)
    if (stopping) return
    start(command)
    await revive(name, wait)
  }

  const stop = async (name: string, graceMs: number): Promise<void> => {
    const child = running.get(name)
    if (!child) return
    await stopChild(child, graceMs)
    running.delete(name)
  }

  return {
    start,
    revive,
    stop,
    pids,
    has: (name: string) => running.has(name),
    /** From now on nobody is started. */
    beginStop: () => {
      stopping = true
    },
    /** From now on documents and accounts are whole, so that even the watchdog may save them. */
    nowWorthSaving: () => {
      worthSaving = true
      tell()
    },
    dismissWatchdog: () => dismiss(watchdog),
  }
}

function startWatchdog(base: number, state: string): ChildProcess {
  const watchdog = spawn(process.execPath, [join(import.meta.dirname, 'watchdog.ts'), String(base), state], {
    detached: true,
    env: plainEnvironment(process.env, state),
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // A watchdog that was killed is missed only if this process is killed too, and then the next start cleans up.
  watchdog.stdin?.on('error', () => undefined)
  watchdog.unref()
  return watchdog
}

async function dismiss(watchdog: ChildProcess): Promise<void> {
  if (watchdog.exitCode !== null || watchdog.signalCode !== null) return
  watchdog.ref()
  const gone = once(watchdog, 'exit')
  const timer = setTimeout(() => watchdog.kill('SIGKILL'), 3_000)
  watchdog.stdin?.end('done\n')
  await gone
  clearTimeout(timer)
}
