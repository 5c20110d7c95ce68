import { status } from '@grpc/grpc-js'
import type { StackClock } from '#local/clock.ts'
import { invalid, type Methods, notFound, Refusal, unimplemented } from '#local/grpc.ts'
import {
  checkEtag,
  readSecret,
  refuseUnserved,
  SECRET_FIELDS,
  showSecret,
  type WireSecret,
} from '#local/secrets/secret.ts'
import type { SecretStore, StoredSecret } from '#local/secrets/secret-store.ts'
import { applyMask, page } from '#local/standin/wire.ts'

const LARGEST_PAGE = 25_000

/** The methods of SecretManagerService that are about secrets. */
export function secretMethods(store: SecretStore, clock: StackClock): Methods {
  return {
    ListSecrets: (request: { parent?: string; filter?: string; pageSize?: number; pageToken?: string }) => {
      const parent = checkParent(request.parent)
      refuseFilter(request.filter)
      const here = [...store.secrets.values()].filter(({ secret }) => secret.name.startsWith(`${parent}/secrets/`))
      here.sort((a, b) => b.secret.seq - a.secret.seq)
      const { items, nextPageToken } = page(here, ({ secret }) => newestFirst(secret.seq), request, LARGEST_PAGE)
      return { secrets: items.map(({ secret }) => showSecret(secret)), nextPageToken, totalSize: here.length }
    },
    CreateSecret: ({
      parent,
      secretId = '',
      secret = {},
    }: {
      parent?: string
      secretId?: string
      secret?: WireSecret
    }) => {
      if (!/^[A-Za-z0-9_-]{1,255}$/.test(secretId)) {
        throw invalid(`secret_id must be 1 to 255 letters, digits, hyphens or underscores, found "${secretId}"`)
      }
      const name = `${checkParent(parent)}/secrets/${secretId}`
      const record = readSecret(secret, name, store.nextSeq(), clock.now())
      if (store.secrets.has(name)) throw new Refusal(status.ALREADY_EXISTS, `Secret ${name} already exists`)
      return showSecret(store.save(record).secret)
    },
    GetSecret: ({ name }: { name?: string }) => showSecret(secretNamed(store, name).secret),
    UpdateSecret: ({ secret: wire = {}, updateMask }: { secret?: WireSecret; updateMask?: { paths?: string[] } }) => {
      const { secret } = secretNamed(store, wire.name)
      const paths = updateMask?.paths ?? []
      if (paths.length === 0) throw invalid('update_mask is required')
      refuseUnserved(wire)
      checkEtag(wire.etag, showSecret(secret))
      const changed = applyMask<WireSecret>(secret, wire, paths, SECRET_FIELDS)
      return showSecret(store.save({ ...secret, ...changed, name: secret.name }).secret)
    },
    DeleteSecret: ({ name, etag }: { name?: string; etag?: string }) => {
      const stored = secretNamed(store, name)
      checkEtag(etag, showSecret(stored.secret))
      store.drop(stored)
      return {}
    },
  }
}

/** A key that sorts what was made later first. */
export const newestFirst = (seq: number): string => String(Number.MAX_SAFE_INTEGER - seq).padStart(16, '0')

/** A filter that would be ignored is refused instead. */
export function refuseFilter(filter: string | undefined): void {
  if (filter) throw unimplemented('The local Secret Manager lists without a filter')
}

/** The secret of that full name; NOT_FOUND when there is none. */
export function secretNamed(store: SecretStore, name = ''): StoredSecret {
  const stored = store.secrets.get(name)
  if (stored) return stored
  if (!/^projects\/[^/]+\/(locations\/[^/]+\/)?secrets\/[^/]+$/.test(name)) {
    throw invalid(`A secret's name must be projects/PROJECT/secrets/SECRET, found "${name}"`)
  }
  throw notFound(`Secret ${name} does not exist; create it first`)
}

function checkParent(parent = ''): string {
  if (/^projects\/[^/]+(\/locations\/[^/]+)?$/.test(parent)) return parent
  throw invalid(`A parent must be projects/PROJECT, found "${parent}"`)
}
