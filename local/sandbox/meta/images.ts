import { createHash } from 'node:crypto'
import type { Account, Fields, Json } from '../events.ts'
import { put } from '../things.ts'
import { current, items, text } from '../world.ts'
import type { Call } from './call.ts'
import { GraphError, invalid, notImitated, required } from './errors.ts'
import { sortParams, stringOf } from './values.ts'

const MOST_BYTES = 30 * 1024 * 1024
const LEAST_WIDTH = 600
const LEAST_HEIGHT = 314

/** https://developers.facebook.com/docs/marketing-api/reference/ad-image: base64 `bytes`; the same content has the same hash. */
export function uploadImage(call: Call, account: Account): { images: Record<string, Json> } {
  sortParams(call, ['bytes', 'name', 'filename'], ['copy_from', 'zipbytes', 'file'])
  const encoded = stringOf(call.params, 'bytes')
  if (!encoded) {
    if (call.params.filename !== undefined) throw notImitated('An image sent as a file')
    throw required('bytes')
  }
  if (!/^[A-Za-z0-9+/_-]+={0,2}\s*$/.test(encoded))
    throw new GraphError(100, '(#100) Param bytes must be the base64 text of an image', { blame: ['bytes'] })
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.length > MOST_BYTES) throw badImage('The image is larger than 30 MB.')
  const size = imageSize(bytes)
  if (!size) throw badImage('Only PNG and JPEG images are accepted.')
  if (size.width < LEAST_WIDTH || size.height < LEAST_HEIGHT)
    throw badImage(
      `The image is ${size.width} x ${size.height} pixels; it must be at least ${LEAST_WIDTH} x ${LEAST_HEIGHT}.`,
    )
  const hash = createHash('md5').update(bytes).digest('hex')
  const name = stringOf(call.params, 'name')
  const fields: Fields = { hash, name: name ?? hash, ...size, bytes: bytes.length, status: 'ACTIVE' }
  if (!call.world.things.has(`${account.id}:${hash}`)) put(call.world, account, 'image', fields, call.now)
  return { images: { [name ?? 'bytes']: { hash, url: imageUrl(hash), name: name ?? hash, ...size } } }
}

/** GET act_X/adimages?hashes=[…] */
export function listImages(call: Call, account: Account): Json[] {
  const wanted = items(call.params.hashes).map(text)
  return call.world.edge(account.id, 'image').flatMap((id) => {
    const image = call.world.things.get(id)
    if (!image || text(current(image).status) === 'DELETED') return []
    const fields = current(image)
    if (wanted.length > 0 && !wanted.includes(text(fields.hash))) return []
    return [{ ...fields, id, account_id: account.id, url: imageUrl(text(fields.hash)) }]
  })
}

/** DELETE act_X/adimages?hash=… */
export function deleteImage(call: Call, account: Account): { success: true } {
  const hash = stringOf(call.params, 'hash')
  if (!hash) throw required('hash')
  const image = call.world.things.get(`${account.id}:${hash}`)
  if (!image) throw badImage(`The ad account has no image with the hash ${hash}.`)
  call.world.record({ type: 'changed', at: call.now, id: image.id, changes: { status: 'DELETED' } })
  return { success: true }
}

/** Width and height from the first bytes; undefined for anything that is neither a PNG nor a JPEG. */
export function imageSize(bytes: Buffer): { width: number; height: number } | undefined {
  if (bytes.length >= 24 && bytes.readUInt32BE(0) === 0x89504e47 && bytes.toString('latin1', 12, 16) === 'IHDR')
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (frame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

export const imageUrl = (hash: string): string => `https://scontent.xx.fbcdn.net/v/t45.1600-4/${hash}_n.png`

const badImage = (say: string): GraphError => invalid(1487242, 'Invalid image', say, 'bytes')
