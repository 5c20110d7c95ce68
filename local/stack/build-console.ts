import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { plainEnvironment } from './environment.ts'
import type { Children } from './keep-children.ts'
import { lastLines } from './processes.ts'
import { logFile } from './state.ts'

const BUILD = 'console-build'

/** Whether the built console is absent or older than a file it is made of. */
export function consoleIsStale(root: string): boolean {
  const built = statSync(join(root, 'web', 'dist', 'index.html'), { throwIfNoEntry: false })
  if (!built) return true
  const sources = ['web', 'functions/src/domain'].flatMap((folder) => filesBelow(join(root, folder)))
  return [...sources, join(root, 'package-lock.json')].some((file) => statSync(file).mtimeMs > built.mtimeMs)
}

/** Builds the console when it is stale. A failure is told with the end of its log; everything else of the stack still works. */
export async function buildConsole(
  children: Pick<Children, 'start' | 'stop'>,
  root: string,
  state: string,
  say: (line: string) => void,
): Promise<void> {
  if (!existsSync(join(root, 'web', 'vite.config.ts'))) {
    say('The console is not there yet (web/vite.config.ts): everything else starts.')
    return
  }
  if (!consoleIsStale(root)) return
  say('Building the console')
  const vite = createRequire(join(root, 'web', 'package.json')).resolve('vite/package.json')
  const log = logFile(state, BUILD)
  const build = children.start({
    name: BUILD,
    file: process.execPath,
    args: [join(dirname(vite), 'bin', 'vite.js'), 'build', 'web', '--logLevel', 'warn'],
    env: { ...plainEnvironment(process.env, state), NO_COLOR: '1' },
    cwd: root,
    log,
    channel: false,
  })
  const how = await build.exited
  await children.stop(BUILD, 0)
  // SIGTERM is the stack's own: it is stopping.
  if (how === 'exit code 0' || how === 'signal SIGTERM') return
  say(`The console could not be built (npx vite build web); an older build, if any, is served.\n${lastLines(log, 30)}`)
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}
