import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A fresh test key: `af_test_<8 id>_<43 secret>_<6 checksum>`, base 62 throughout. */
export function apiKey(): string {
  const key = `af_test_${random(8)}_${random(43)}`
  return `${key}_${base62(crc32(key))}`
}

const random = (length: number): string => Array.from({ length }, () => BASE62[randomInt(62)]).join('')

function base62(value: number): string {
  let text = ''
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = `${BASE62[rest % 62]}${text}`
  return text.padStart(6, '0')
}
