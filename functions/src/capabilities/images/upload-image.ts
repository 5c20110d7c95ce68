import { DomainError } from '#domain/errors.ts'
import type { Image } from '#domain/machinery.ts'
import { sha256 } from '#functions/lib/hash.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

/** What Meta shows well in a feed, and what the platforms refuse below. Source: Meta Ads Guide, image ads. */
const MIN_WIDTH = 600
const MIN_HEIGHT = 314
const PART_BYTES = 600_000

/** Checks, thumbnails and keeps an image; the same bytes are the same image. Throws `invalid` with what is wrong. */
export async function uploadImage(
  { store, images }: Pick<Ports, 'store' | 'images'>,
  org: string,
  cause: Cause,
  bytes: Uint8Array,
): Promise<Image> {
  const facts = await images.inspect(bytes)
  if (facts.width < MIN_WIDTH || facts.height < MIN_HEIGHT)
    throw new DomainError('invalid', `The image is ${facts.width} x ${facts.height} pixels`, {
      remedy: `Use one of at least ${MIN_WIDTH} x ${MIN_HEIGHT}; 1200 x 628 looks best.`,
    })
  const id = sha256(bytes)
  const base64 = Buffer.from(bytes)
  const parts = Math.ceil(bytes.length / PART_BYTES)
  return store.transact(org, cause, async (tx) => {
    const known = await tx.get('images', id)
    if (known) return known
    for (let i = 0; i < parts; i++)
      tx.put('imageParts', {
        id: `${id}/${i}`,
        data: base64.subarray(i * PART_BYTES, (i + 1) * PART_BYTES).toString('base64'),
      })
    const image = { id, ...facts, bytes: bytes.length, parts, uploadedAt: tx.now }
    tx.put('images', image)
    return { ...image, schemaVersion: 1 as const }
  })
}
