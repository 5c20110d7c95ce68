import { setTimeout as pause } from 'node:timers/promises'
import { portsFrom } from './ports.ts'
import { signalGroup } from './processes.ts'
import { saveState } from './save-state.ts'

/**
 * Outlives a supervisor that was killed: its standard input is a pipe from the supervisor, which writes
 * `{"children": {name: pid}, "save": boolean}` after each change. When the pipe ends without `done`, it saves the state and ends every group.
 * Arguments: port base, state folder.
 */
const [, , base, state] = process.argv
let children: Record<string, number> = {}
let save = false
let done = false
let rest = ''

// It must not die of what ends the terminal's group.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

process.stdin.setEncoding('utf8')
process.stdin.on('data', (text: string) => {
  const lines = (rest + text).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    if (line === 'done') done = true
    else ({ children, save } = JSON.parse(line))
  }
})
process.stdin.on('end', () => void finish())

async function finish(): Promise<void> {
  if (!done) await endAll()
  process.exit(0)
}

async function endAll(): Promise<void> {
  const { cloud, host, ...emulators } = children
  const writers = [host, cloud].filter((pid) => pid !== undefined)
  for (const pid of writers) signalGroup(pid, 'SIGTERM')
  await pause(1_000)
  for (const pid of writers) signalGroup(pid, 'SIGKILL')
  if (save) await saveState(portsFrom(Number(base)), String(state), () => undefined)
  for (const pid of Object.values(emulators)) signalGroup(pid, 'SIGTERM')
  await pause(3_000)
  for (const pid of Object.values(emulators)) signalGroup(pid, 'SIGKILL')
}
