import { DomainError } from '#domain/errors.ts'
import type { Images } from '#functions/ports/index.ts'

const THUMBNAIL_WIDTH = 320
/** A picture that unpacks to more is a bomb, not an advertisement. */
const MOST_PIXELS = 50_000_000

const refused = (why: string): DomainError =>
  new DomainError('invalid', `This is not an image that can be advertised: ${why}`, {
    remedy: 'Upload a whole PNG or JPEG.',
  })

export const sharpImages: Images = {
  async inspect(bytes) {
    // Loaded by an upload alone, not by every call of the API.
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
}
