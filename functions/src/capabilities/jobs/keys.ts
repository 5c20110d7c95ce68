import { sha256 } from '#functions/lib/hash.ts'

/** The manifest's key of an opening: 80 bits of the hash of where it comes from and what it is called there. */
export const openingKey = (source: string, externalId: string): string =>
  sha256(`${source}\n${externalId}`).slice(0, 20)

/** The key under which the close of a whole requisition is remembered. */
export const groupKey = (source: string, group: string): string => sha256(`${source}\n\n${group}`).slice(0, 20)

export const jobIdOf = (key: string): string => `job_${key}`
export const keyOf = (jobId: string): string => jobId.slice('job_'.length)
