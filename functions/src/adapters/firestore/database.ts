import { Firestore } from '@google-cloud/firestore'
import type { Environment } from '#functions/lib/env.ts'

/** The emulator is found by the client itself, from FIRESTORE_EMULATOR_HOST. */
export const openDatabase = (env: Environment): Firestore =>
  new Firestore({ projectId: env.projectId, ignoreUndefinedProperties: true })
