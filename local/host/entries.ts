import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { getTestServer } from '@google-cloud/functions-framework/testing'

/** A function that answers, or the reason why it does not. */
export type Entry = { server: Server } | { fault: string }

/**
 * Loads every function from `<folder>/<name>.ts`, one after the other, so that a fault is told of the file that has it.
 * One broken function leaves the others working, as in the cloud.
 */
export async function loadEntries(names: string[], folder: URL): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for (const name of names) entries.set(name, await loadEntry(name, new URL(`${name}.ts`, folder)))
  return entries
}

async function loadEntry(name: string, file: URL): Promise<Entry> {
  const path = fileURLToPath(file)
  if (!existsSync(path)) return { fault: `there is no ${path}` }
  try {
    await import(file.href)
    return { server: getTestServer(name) }
  } catch (error) {
    console.error(error)
    return { fault: `${path} could not be loaded: ${error instanceof Error ? error.message : String(error)}` }
  }
}
