import { SecretManagerServiceClient } from '@google-cloud/secret-manager'
import { DomainError } from '#domain/errors.ts'
import type { Environment } from '#functions/lib/env.ts'
import { clientOptions } from '#functions/lib/google-clients.ts'
import type { Secrets } from '#functions/ports/index.ts'

const NOT_FOUND = 5
const ALREADY_EXISTS = 6
const DESTROYED = 3
const ignore =
  (code: number) =>
  (error: unknown): undefined => {
    if ((error as { code?: number }).code !== code) throw error
    return undefined
  }

export function secretManager(env: Environment): Secrets {
  const client = new SecretManagerServiceClient(clientOptions(env.projectId, env.local?.secretsHost))
  const parent = `projects/${env.projectId}`
  const path = (name: string): string => `${parent}/secrets/${name}`

  return {
    async create(name, value) {
      const made = await client
        .createSecret({ parent, secretId: name, secret: { replication: { automatic: {} } } })
        .catch(ignore(ALREADY_EXISTS))
      if (made) await client.addSecretVersion({ parent: path(name), payload: { data: Buffer.from(value) } })
      return made !== undefined
    },

    async set(name, value) {
      await client
        .createSecret({ parent, secretId: name, secret: { replication: { automatic: {} } } })
        .catch(ignore(ALREADY_EXISTS))
      const [added] = await client.addSecretVersion({ parent: path(name), payload: { data: Buffer.from(value) } })
      const [versions] = await client.listSecretVersions({ parent: path(name) })
      for (const version of versions)
        if (version.name && version.name !== added.name && version.state !== DESTROYED && version.state !== 'DESTROYED')
          await client.destroySecretVersion({ name: version.name })
    },

    async get(name) {
      const found = await client.accessSecretVersion({ name: `${path(name)}/versions/latest` }).catch(ignore(NOT_FOUND))
      const data = found?.[0].payload?.data
      if (!data) throw new DomainError('unavailable', `The secret ${name} is not there`, { remedy: 'Save it again.' })
      return Buffer.from(data).toString()
    },

    async remove(name) {
      await client.deleteSecret({ name: path(name) }).catch(ignore(NOT_FOUND))
    },
  }
}
