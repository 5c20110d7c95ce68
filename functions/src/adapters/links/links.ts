import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { DomainError } from '#domain/errors.ts'
import { clickSecretName, signClick } from '#functions/lib/click-token.ts'
import type { Environment } from '#functions/lib/env.ts'
import type { Links, Secrets } from '#functions/ports/index.ts'

const MOST_ATTEMPTS = 10
const PAUSE_MS = 100

/** The organisation's secret is made at its first link, once: of two first links at once, one makes it and both use it. */
export function signedLinks(env: Environment, secrets: Secrets): Links {
  const known = new Map<string, Promise<string>>()

  async function secretOf(org: string): Promise<string> {
    const name = clickSecretName(org)
    for (let attempt = 0; ; attempt++) {
      try {
        return await secrets.get(name)
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'unavailable') || attempt >= MOST_ATTEMPTS) throw error
        // Between another's creation and its value there is a moment: then theirs is read at the next turn.
        if (!(await secrets.create(name, randomBytes(32).toString('base64url')))) await pause(PAUSE_MS)
      }
    }
  }

  return {
    async click(org, target) {
      const secret = known.get(org) ?? secretOf(org)
      known.set(org, secret)
      secret.catch(() => known.delete(org))
      return `${env.consoleUrl}/c/${signClick({ org, ...target }, await secret)}`
    },
  }
}
