import { randomUUID } from 'node:crypto'

/** A project id that no other test file uses: its Firestore and its topics begin empty. Safe for the emulators' `demo-` rule. */
export const freshProject = (): string => `demo-${randomUUID().slice(0, 13)}`
