import type { MiddlewareHandler } from 'hono'
import { DomainError } from '#domain/errors.ts'
import type { HttpEnv } from './http.ts'

const MIB = 1_048_576

/** JSON up to 1 MiB, images up to what the function takes at all (functions.json, enforced before this by the preload). */
export const bodyLimit: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const image = c.req.header('content-type')?.startsWith('image/')
  if (!image && c.req.raw.body && (await c.req.arrayBuffer()).byteLength > MIB)
    throw new DomainError('too_large', 'The body is larger than 1 MiB', { remedy: 'Send it in smaller pieces.' })
  await next()
}
