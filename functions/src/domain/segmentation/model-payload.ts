import { z } from 'zod'
import { DomainError } from '../errors.ts'
import { Encoder, encode } from './encoder.ts'
import type { SegmentedProfile } from './features.ts'
import { type Nearest, nearest } from './nearest.ts'

/** Everything a model needs to label again. */
export const ModelPayload = z.object({ encoder: Encoder, centroids: z.array(z.array(z.number())) })
export type ModelPayload = z.infer<typeof ModelPayload>

/** Firestore keeps 1 MiB a document; the rest of it needs room as well. */
const MAX_BYTES = 900_000
const DIGITS = 9

/** Centres as they are stored. Labels are made from these, so that a model read back labels exactly as on its first day. */
export const storedCentroids = (centroids: readonly (readonly number[])[]): number[][] =>
  centroids.map((centroid) => centroid.map((value) => Number(value.toPrecision(DIGITS))))

/** Throws `too_large` where the model does not fit one document. */
export function writePayload(payload: ModelPayload): string {
  const text = JSON.stringify(payload)
  const bytes = new TextEncoder().encode(text).length
  if (bytes > MAX_BYTES)
    throw new DomainError('too_large', `The model takes ${bytes} bytes, more than the ${MAX_BYTES} of a document`, {
      remedy: 'Train with fewer clusters.',
    })
  return text
}

export const readPayload = (text: string): ModelPayload => ModelPayload.parse(JSON.parse(text))

/** Labels profiles one by one; the same for one candidate as for all. */
export function labeller({ encoder, centroids }: ModelPayload): (profile: SegmentedProfile) => Nearest {
  const row = encode(encoder)
  return (profile) => nearest(centroids, row(profile))
}
