import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { Failure } from '../failure.ts'
import type { Io } from '../io.ts'

/** One JSON object from a file or stdin (`-`). Throws Failure that names the place of a mistake. */
export async function readJsonObject(
  { stdin, cwd }: Pick<Io, 'stdin' | 'cwd'>,
  path: string,
): Promise<Record<string, unknown>> {
  const content = await (path === '-' ? text(stdin) : readFile(resolve(cwd, path), 'utf8')).catch((error: unknown) => {
    throw new Failure(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  })
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (error) {
    throw new Failure(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  throw new Failure(`${path} holds no JSON object`, { remedy: 'Several records are imported with the verb "import"' })
}

/** What a secret is read from: stdin, to its end, without the newline that ends it. */
export async function readSecret({ stdin }: Pick<Io, 'stdin'>): Promise<string> {
  return (await text(stdin)).trim()
}
