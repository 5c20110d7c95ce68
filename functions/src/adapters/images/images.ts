import { DomainError, notFound } from '#domain/errors.ts'
import type { Images } from '#functions/ports/index.ts'
import type { Store } from '#functions/ports/store.ts'

const THUMBNAIL_WIDTH = 320
/** A picture that unpacks to more is a bomb, not an advertisement. */
const MOST_PIXELS = 50_000_000

export function storedImages(store: Store): Images {
  return {
    async inspect(bytes) {
      const refused = (why: string) =>
        new DomainError('invalid', `This is not an image that can be advertised: ${why}`, {
          remedy: 'Upload a whole PNG or JPEG.',
        })
      // Loaded by the one function that takes uploads; publishing reads bytes alone.
      const { default: sharp } = await import('sharp')
      try {
        const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
        const { format, width, height } = await image.metadata()
        if (format !== 'png' && format !== 'jpeg') throw refused(`it is ${format ?? 'unreadable'}`)
        // Decoding the whole of it is the only proof that it is whole.
        const small = await image
          .resize({ width: THUMBNAIL_WIDTH, withoutEnlargement: true })
          .jpeg({ quality: 70 })
          .toBuffer()
        const thumbnail = `data:image/jpeg;base64,${small.toString('base64')}`
        return { mime: format === 'png' ? 'image/png' : 'image/jpeg', width, height, thumbnail }
      } catch (error) {
        throw error instanceof DomainError ? error : refused('it cannot be read')
      }
    },

    async bytes(org, sha256) {
      const image = await store.get(org, 'images', sha256)
      if (!image) throw notFound('image', sha256)
      const ids = Array.from({ length: image.parts }, (_, i) => `${sha256}/${i}`)
      const parts = await store.getAll(org, 'imageParts', ids)
      if (parts.some((part) => !part)) throw new DomainError('unavailable', `Bytes of the image ${sha256} are gone`)
      return Buffer.concat(parts.map((part) => Buffer.from(part?.data ?? '', 'base64')))
    },
  }
}
