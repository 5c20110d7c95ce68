import { StackRefusal, stackOptions } from './stack/options.ts'
import { runStack } from './stack/run-stack.ts'

const say = (line: string): void => console.log(line)

// npm passes on the Ctrl-C that this process got from the terminal already, hence the tolerance for a repeated one.
const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
})

try {
  await runStack(stackOptions(process.argv.slice(2), process.env), stopped, say)
} catch (error) {
  if (!(error instanceof StackRefusal)) throw error
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}
