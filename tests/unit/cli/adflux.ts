import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { afterAll } from 'vitest'
import type { Io } from '../../../cli/src/io.ts'
import { run } from '../../../cli/src/run.ts'

export interface Told {
  code: number
  stdout: string
  stderr: string
  /** Milliseconds that it waited between tries. */
  pauses: number[]
}

interface World {
  env?: Record<string, string>
  cwd?: string
  home?: string
  stdin?: string | Buffer
  /** A terminal of this width on both outputs. */
  columns?: number
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder that no other test uses; gone when the tests are. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'adflux-cli-'))
  folders.push(folder)
  return folder
}

/** Runs the command line in this process, in a world of its own; waiting takes no time. */
export async function adflux(argv: readonly string[], world: World = {}): Promise<Told> {
  const [out, err] = [capture(world.columns), capture(world.columns)]
  const pauses: number[] = []
  const home = world.home ?? freshFolder()
  const io: Io = {
    stdin: Readable.from(world.stdin === undefined ? [] : [Buffer.from(world.stdin)]),
    stdout: out.stream,
    stderr: err.stream,
    env: world.env ?? {},
    cwd: world.cwd ?? home,
    home,
    pause: async (ms) => {
      pauses.push(ms)
    },
  }
  const code = await run(argv, io)
  return { code, stdout: out.text(), stderr: err.text(), pauses }
}

function capture(columns: number | undefined) {
  const parts: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk)
      done()
    },
  })
  if (columns) Object.assign(stream, { isTTY: true, columns })
  return { stream, text: () => Buffer.concat(parts).toString('utf8') }
}
