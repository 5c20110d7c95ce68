import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'vitest'
import { ROOT } from './project-files.ts'
import { profileFile, type StackPlace } from './stack.ts'

interface Told {
  code: number | null
  stdout: string
  stderr: string
}

type Adflux = (argv: string[], world?: { env?: Record<string, string>; stdin?: string }) => Promise<Told>

/** `adflux` as somebody types it in a home folder, with the profile of the place's stack; tells how it ended, well or not. */
export const shell =
  (home: () => string, place: () => StackPlace): Adflux =>
  async (argv, world = {}) => {
    const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'cli/bin/adflux.js'), ...argv], {
      cwd: home(),
      env: { PATH: process.env.PATH, HOME: home(), ADFLUX_PROFILE: profileFile(place()), ...world.env },
    })
    child.stdin?.end(world.stdin ?? '')
    const read = (stream: ChildProcess['stdout']): Promise<string> => (stream ? text(stream) : Promise.resolve(''))
    const [stdout, stderr, [code]] = await Promise.all([read(child.stdout), read(child.stderr), once(child, 'exit')])
    return { code, stdout, stderr }
  }

/** The document of a command that must succeed, with nothing beside it. */
export const documentOf =
  (adflux: Adflux) =>
  async (...argv: string[]) => {
    const { code, stdout, stderr } = await adflux([...argv, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return JSON.parse(stdout)
  }
