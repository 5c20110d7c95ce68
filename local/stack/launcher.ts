import { spawnSync } from 'node:child_process'
import { isAlive } from './processes.ts'

const LOOK_EVERY_MS = 250

/**
 * Resolves when the npm that started this process is gone. npm hands its SIGTERM to the shell between them, which dies of it
 * and tells nobody. Never resolves for a process that npm did not start.
 */
export function launcherGone(env: NodeJS.ProcessEnv): Promise<void> {
  if (!env.npm_lifecycle_event) return new Promise(() => undefined)
  const parent = process.ppid
  const [above, command] = ofProcess(parent)
  const npm = command && /(^|\/)(sh|bash|dash|zsh)$/.test(command) ? above : undefined
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === parent && (npm === undefined || isAlive(npm))) return
      clearInterval(timer)
      resolve()
    }, LOOK_EVERY_MS)
    timer.unref()
  })
}

/** Parent and command of a process. */
function ofProcess(pid: number): [parent: number | undefined, command: string | undefined] {
  const line = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  const [, parent, command] = /^\s*(\d+)\s+(.*?)\s*$/.exec(line) ?? []
  return [parent === undefined ? undefined : Number(parent), command]
}
