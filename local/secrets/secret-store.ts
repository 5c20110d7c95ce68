import type { SecretRecord, VersionRecord } from '#local/secrets/secret.ts'
import { openJournal } from '#local/standin/journal.ts'

/** A secret with its versions, the first at index 0. */
export interface StoredSecret {
  secret: SecretRecord
  versions: VersionRecord[]
}

/** Secrets, in memory and in a file that only its owner reads; every change is written before it returns. */
export interface SecretStore {
  secrets: Map<string, StoredSecret>
  nextSeq(): number
  save(secret: SecretRecord): StoredSecret
  saveVersion(stored: StoredSecret, version: VersionRecord): void
  /** Removes the secret, its versions, and every trace of their data in the file. */
  drop(stored: StoredSecret): void
  /** Removes from the file what earlier states of a version held. */
  erasePast(): void
  close(): void
}

/** The store whose journal is `file`. */
export function openSecretStore(file: string): SecretStore {
  const journal = openJournal(file, 'Secret Manager')
  const secrets = new Map<string, StoredSecret>()
  for (const [key, value] of journal.records) {
    if (key.startsWith('secret:'))
      secrets.set(key.slice('secret:'.length), { secret: value as SecretRecord, versions: [] })
  }
  for (const [key, value] of journal.records) {
    if (!key.startsWith('version:')) continue
    const version = value as VersionRecord
    secrets.get(version.name.split('/versions/')[0] ?? '')?.versions.push(version)
  }
  let seq = Math.max(0, ...[...secrets.values()].map(({ secret }) => secret.seq))

  return {
    secrets,
    nextSeq: () => {
      seq += 1
      return seq
    },
    save: (secret) => {
      const stored = { secret, versions: secrets.get(secret.name)?.versions ?? [] }
      secrets.set(secret.name, stored)
      journal.put(`secret:${secret.name}`, secret)
      return stored
    },
    saveVersion: (stored, version) => {
      stored.versions[version.number - 1] = version
      journal.put(`version:${version.name}`, version)
    },
    drop: ({ secret, versions }) => {
      for (const { name } of versions) journal.drop(`version:${name}`)
      secrets.delete(secret.name)
      journal.drop(`secret:${secret.name}`)
      journal.compact()
    },
    erasePast: () => journal.compact(),
    close: () => journal.close(),
  }
}
