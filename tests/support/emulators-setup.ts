import type { TestProject } from 'vitest/node'
import { startEmulators } from './emulators.ts'

declare module 'vitest' {
  interface ProvidedContext {
    emulators: { firestore: string; pubsub: string }
  }
}

/** One pair of emulators for the whole run of the project `emulated`; every test file keeps to a project id of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { firestore, pubsub, stop } = await startEmulators()
  project.provide('emulators', { firestore, pubsub })
  return stop
}
