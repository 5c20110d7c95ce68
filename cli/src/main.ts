import { systemIo } from './io.ts'
import { run } from './run.ts'

/** The process: its streams, its exit code. */
export async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Whoever read us has seen enough (adflux jobs list | head).
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
      throw error
    })
  process.exitCode = await run(process.argv.slice(2), systemIo())
}
