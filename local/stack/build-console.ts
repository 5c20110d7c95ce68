import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { plainEnvironment } from './environment.ts'
import { lastLines } from './processes.ts'
import { logFile } from './state.ts'

/** Whether the built console is absent or older than a file it is made of. */
export function consoleIsStale(root: string): boolean {
  const built = statSync(join(root, 'web', 'dist', 'index.html'), { throwIfNoEntry: false })
  if (!built) return true
  const sources = ['web', 'functions/src/domain'].flatMap((folder) => filesBelow(join(root, folder)))
  return [...sources, join(root, 'package-lock.json')].some((file) => statSync(file).mtimeMs > built.mtimeMs)
}

/** Builds the console when it is stale. A failure is told with the end of its log; everything else of the stack still works. */
export async function buildConsole(root: string, state: string, say: (line: string) => void): Promise<void> {
  if (!existsSync(join(root, 'web', 'vite.config.ts'))) {
    say('The console is not there yet (web/vite.config.ts): everything else starts.')
    return
  }
  if (!consoleIsStale(root)) return
  say('Building the console')
  const vite = join(
    dirname(createRequire(join(root, 'web', 'package.json')).resolve('vite/package.json')),
    'bin',
    'vite.js',
  )
  const log = logFile(state, 'console-build')
  const output = openSync(log, 'w')
  const build = spawn(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...plainEnvironment(process.env, state), NO_COLOR: '1' },
    stdio: ['ignore', output, output],
  })
  const [code] = await once(build, 'exit')
  if (code !== 0)
    say(
      `The console could not be built (npx vite build web); an older build, if any, is served.\n${lastLines(log, 30)}`,
    )
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}
