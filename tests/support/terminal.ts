import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { z } from 'zod'
import { ROOT } from './project-files.ts'
import type { Stack } from './stack.ts'

const run = promisify(execFile)

/** `adflux … --json` as a terminal runs it, against a stack; throws with what it printed when it exits with another code than 0. */
export const terminal =
  (stack: () => Stack) =>
  async <S extends z.ZodType>(schema: S, ...args: string[]): Promise<z.infer<S>> => {
    const { apiUrl, ingestUrl, apiKey } = stack().profile()
    const { stdout } = await run(process.execPath, [join(ROOT, 'cli/bin/adflux.js'), ...args, '--json'], {
      env: { PATH: process.env.PATH, ADFLUX_API_URL: apiUrl, ADFLUX_INGEST_URL: ingestUrl, ADFLUX_API_KEY: apiKey },
      maxBuffer: 64 * 1024 * 1024,
    })
    return schema.parse(JSON.parse(stdout))
  }

/** The sandbox's control, beside the API; throws with what it answered when it refuses. */
export const controlOf =
  (stack: () => Stack) =>
  async (path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${stack().profile().sandboxUrl}${path}`, {
      ...(body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`The sandbox answers ${answer.status} to ${path}: ${await answer.text()}`)
    return answer.json()
  }
