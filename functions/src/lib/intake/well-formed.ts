import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from '#functions/lib/http.ts'
import { textOf } from './bytes.ts'
import { parseJson } from './json.ts'

/** Refuses broken JSON with its line and column, before a validator says no more than that it is broken. */
export const wellFormedJson: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const isJson = /\bjson\b/.test(c.req.header('content-type') ?? '')
  if (isJson && c.req.method !== 'GET') {
    const text = textOf(new Uint8Array(await c.req.arrayBuffer()))
    if (text.trim() !== '') parseJson(text)
  }
  await next()
}
