import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

type Step = { name: string; command: string; args: string[] }
type Outcome = Step & { ok: boolean; seconds: number; output: string }

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = ['functions/src', 'web/src', 'cli', 'local', 'tests', 'scripts']

/** Longest first, so that two at a time end together. */
const STEPS: Step[] = [
  { name: 'types', command: 'tsc', args: ['--noEmit', '-p', '.'] },
  { name: 'unit tests', command: 'vitest', args: ['run', '--project', 'unit'] },
  { name: 'format and lint', command: 'biome', args: ['check', '.'] },
  { name: 'dead code', command: 'knip', args: ['--no-progress'] },
  { name: 'architecture', command: 'depcruise', args: [...SOURCES, '--config', '.dependency-cruiser.cjs'] },
]

/** The steps that need neither emulator nor browser; `npm test` runs them without the unit tests, which it runs itself. */
export const STATIC_STEPS = STEPS.filter((step) => step.name !== 'unit tests')

/** Runs the steps two at a time, prints each as it ends, then every failure whole. Resolves to the failures. */
export async function runSteps(steps: readonly Step[]): Promise<Outcome[]> {
  const waiting = [...steps]
  const failures: Outcome[] = []
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const outcome = await run(step)
      console.log(`${outcome.ok ? 'ok    ' : 'FAILED'} ${outcome.name} (${outcome.seconds.toFixed(1)} s)`)
      if (!outcome.ok) failures.push(outcome)
    }
  }
  await Promise.all([worker(), worker()])
  for (const { name, output } of failures) console.error(`\n--- ${name} ---\n${output.trim()}`)
  return failures
}

function run(step: Step): Promise<Outcome> {
  const began = performance.now()
  return new Promise((resolve) => {
    const child = spawn(`${ROOT}node_modules/.bin/${step.command}`, step.args, { cwd: ROOT, env: process.env })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    const end = (ok: boolean) => resolve({ ...step, ok, seconds: (performance.now() - began) / 1000, output })
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => {
      output += error.message
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}

if (import.meta.main) {
  const failures = await runSteps(STEPS)
  console.log(
    failures.length === 0 ? '\nall good' : `\n${failures.length} failed: ${failures.map((f) => f.name).join(', ')}`,
  )
  process.exitCode = failures.length === 0 ? 0 : 1
}
