import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { StackRefusal } from './options.ts'

export type Command = {
  name: string
  file: string
  args: string[]
  env: Record<string, string>
  cwd: string
  log: string
  /** Node children of ours talk back over a channel: `{ ready }` or `{ failed }`. */
  channel: boolean
}

export type Child = {
  name: string
  pid: number
  /** Resolves with a few words on how it ended. */
  exited: Promise<string>
  running: () => boolean
  /** Resolves when the child says that it is ready. Rejects when it failed or ended before. */
  ready: Promise<void>
}

/** Starts a child in a process group of its own, its output in its log file. */
export function startChild(command: Command): Child {
  const log = openSync(command.log, 'a')
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    // A group of its own: Ctrl-C reaches the supervisor alone, which then stops the children in order.
    detached: true,
    stdio: command.channel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
  })
  closeSync(log)
  const exited = ended(child)
  const ready = command.channel ? readiness(child, command, exited) : Promise.resolve()
  // Whoever waits for readiness sees the rejection; a child that dies unawaited is seen through `exited`.
  ready.catch(() => undefined)
  return {
    name: command.name,
    pid: child.pid ?? 0,
    exited,
    running: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    ready,
  }
}

const ended = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  })

async function readiness(child: ChildProcess, command: Command, exited: Promise<string>): Promise<void> {
  const said = once(child, 'message').then(([message]: unknown[]) => message)
  const answer = await Promise.race([said, exited.then((how) => ({ failed: `ended with ${how}` }))])
  if (typeof answer === 'object' && answer !== null && 'failed' in answer) {
    throw new StackRefusal(
      `The ${command.name} process did not start: ${String(answer.failed)}\n${lastLines(command.log)}`,
    )
  }
}

/** The end of a log, indented, for an error message. */
export function lastLines(log: string, lines = 12): string {
  if (!existsSync(log)) return ''
  const text = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines)
  return [`  ${log} ends with:`, ...text.map((line) => `    ${line}`)].join('\n')
}

/** Ends a child's whole group: asks, waits `graceMs`, then kills. Resolves when it is gone. */
export async function stopChild(child: Child, graceMs: number): Promise<void> {
  signalGroup(child.pid, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs)
  await child.exited
  clearTimeout(timer)
  // What the child itself had started and left behind goes with it.
  signalGroup(child.pid, 'SIGKILL')
}

/** Signals a process group; one that is gone already is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 1) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
