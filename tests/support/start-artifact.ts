import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const FRAMEWORK = fileURLToPath(
  new URL('../../node_modules/@google-cloud/functions-framework/build/src/main.js', import.meta.url),
)
const RECORDER = fileURLToPath(new URL('./record-packages.ts', import.meta.url))

/** What terraform gives every function. */
const PRODUCTION = {
  GOOGLE_CLOUD_PROJECT: 'demo-artifact',
  ADFLUX_FUNCTIONS_URL: 'https://us-central1-demo-artifact.cloudfunctions.net',
  ADFLUX_CONSOLE_URL: 'https://demo-artifact.web.app',
}

export type Running = {
  url: string
  /** Packages loaded until now, sorted. */
  packages: () => string[]
  stop: () => Promise<void>
}

/** Starts an artifact as Google does: its folder, the framework, the preload, an environment of its own. Throws what it printed if it ends. */
export async function startArtifact(
  folder: string,
  name: string,
  extra: Record<string, string> = {},
): Promise<Running> {
  const port = await freePort()
  const loaded = join(folder, `loaded-${port}.txt`)
  const child = spawn(
    process.execPath,
    [`--import=${RECORDER}`, '--import=./preload.mjs', FRAMEWORK, `--port=${port}`],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, ...PRODUCTION, FUNCTION_TARGET: name, LOADED_PACKAGES_FILE: loaded, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  while (!output.includes('Serving function')) {
    if (child.exitCode !== null) throw new Error(output)
    await pause(20)
  }
  // The framework says so a moment before it listens, and before it has loaded the function.
  for (let tries = 0; !(await listens(port)); tries++) {
    if (child.exitCode !== null || tries > 500) throw new Error(output)
    await pause(20)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    packages: () => (existsSync(loaded) ? readFileSync(loaded, 'utf8').trim().split('\n').sort() : []),
    stop: () => stop(child),
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

const listens = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`, { method: 'OPTIONS' }).then(
    () => true,
    () => false,
  )

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
