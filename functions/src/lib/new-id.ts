import { randomBytes } from 'node:crypto'
import type { Cause } from '#functions/ports/store.ts'
import { sha256 } from './hash.ts'

/** 80 bits for a new document: the same ones when the same request is sent again, so that what it makes is made once. One per kind and request. */
export const newId = (prefix: string, { requestKey }: Pick<Cause, 'requestKey'>): string =>
  `${prefix}_${requestKey ? sha256(`${prefix}\n${requestKey}`).slice(0, 20) : randomBytes(10).toString('hex')}`
