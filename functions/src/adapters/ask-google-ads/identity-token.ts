import { decodeJwt } from 'jose'
import { z } from 'zod'
import type { Environment } from '#functions/lib/env.ts'

const IDENTITY = '/computeMetadata/v1/instance/service-accounts/default/identity'
const PATIENCE_MS = 5_000
/** A token that ends while it travels is refused. */
const MARGIN_MS = 120_000

const Claims = z.object({ exp: z.number() })

/** Answers a token that says which function we are, for one audience; asks the metadata server only when the last one ends. */
export function identityTokens(env: Pick<Environment, 'local'>): (audience: string) => Promise<string> {
  const host = env.local?.metadataHost ?? 'metadata.google.internal'
  const known = new Map<string, { token: string; until: number }>()
  return async (audience) => {
    const last = known.get(audience)
    if (last && Date.now() < last.until) return last.token
    const query = new URLSearchParams({ audience, format: 'full' })
    const answer = await fetch(`http://${host}${IDENTITY}?${query}`, {
      headers: { 'metadata-flavor': 'Google' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (!answer.ok) throw new Error(`the metadata server answers ${answer.status}`)
    const token = (await answer.text()).trim()
    known.set(audience, { token, until: Claims.parse(decodeJwt(token)).exp * 1000 - MARGIN_MS })
    return token
  }
}
