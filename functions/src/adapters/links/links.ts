import { randomBytes } from 'node:crypto'
import { DomainError } from '#domain/errors.ts'
import { clickSecretName, signClick } from '#functions/lib/click-token.ts'
import type { Environment } from '#functions/lib/env.ts'
import type { Links, Secrets } from '#functions/ports/index.ts'

/** The organisation's secret is made at its first link; two first links at once settle on the one that is read back. */
export function signedLinks(env: Environment, secrets: Secrets): Links {
  const known = new Map<string, Promise<string>>()

  async function secretOf(org: string): Promise<string> {
    const name = clickSecretName(org)
    try {
      return await secrets.get(name)
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'unavailable')) throw error
      await secrets.set(name, randomBytes(32).toString('base64url'))
      return secrets.get(name)
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
