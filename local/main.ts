import { launcherGone } from './stack/launcher.ts'
import { StackRefusal, stackOptions } from './stack/options.ts'
import { runStack } from './stack/run-stack.ts'

const say = (line: string): void => console.log(line)

// Whoever read the output may be gone by the time this process stops its children.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined)

// npm passes on the Ctrl-C that this process got from the terminal already, hence the tolerance for a repeated one.
const signalled = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
})

try {
  const stopped = Promise.race([signalled, launcherGone(process.env)])
  await runStack(stackOptions(process.argv.slice(2), process.env), stopped, say)
} catch (error) {
  if (!(error instanceof StackRefusal)) throw error
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}
// All children are gone by now: nothing that is still open here may keep the terminal waiting.
process.exit()
