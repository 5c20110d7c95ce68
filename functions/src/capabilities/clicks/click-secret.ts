import { DomainError } from '#domain/errors.ts'
import { clickSecretName } from '#functions/lib/click-token.ts'
import type { Secrets } from '#functions/ports/index.ts'

const KNOWN_MS = 300_000
const MOST_KNOWN = 500

const known = new WeakMap<Secrets, Map<string, { secret: string; at: number }>>()

/** The secret that signs an organisation's links; undefined where no link was ever made. Nothing is made here: a visitor could ask for any name. */
export async function clickSecret(secrets: Secrets, org: string): Promise<string | undefined> {
  const read = known.get(secrets) ?? new Map<string, { secret: string; at: number }>()
  known.set(secrets, read)
  const cached = read.get(org)
  if (cached && Date.now() - cached.at < KNOWN_MS) return cached.secret
  try {
    const secret = await secrets.get(clickSecretName(org))
    if (read.size >= MOST_KNOWN) read.clear()
    read.set(org, { secret, at: Date.now() })
    return secret
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unavailable') return undefined
    throw error
  }
}
