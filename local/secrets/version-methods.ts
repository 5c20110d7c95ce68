import { status } from '@grpc/grpc-js'
import type { StackClock } from '#local/clock.ts'
import { invalid, type Methods, notFound, Refusal } from '#local/grpc.ts'
import { crc32c } from '#local/secrets/crc32c.ts'
import { checkEtag, showVersion, type VersionRecord } from '#local/secrets/secret.ts'
import { newestFirst, refuseFilter, secretNamed } from '#local/secrets/secret-methods.ts'
import type { SecretStore, StoredSecret } from '#local/secrets/secret-store.ts'
import { fromMs, page } from '#local/standin/wire.ts'

const LARGEST_PAGE = 25_000
const MOST_BYTES = 64 * 1024

interface Payload {
  data?: string
  dataCrc32c?: string
}

/** The methods of SecretManagerService that are about versions. */
export function versionMethods(store: SecretStore, clock: StackClock): Methods {
  const setState = (state: VersionRecord['state']) => (request: { name?: string; etag?: string }) => {
    const { stored, version } = versionNamed(store, request.name)
    checkEtag(request.etag, showVersion(version, stored.secret))
    if (version.state === 'DESTROYED') {
      throw new Refusal(status.FAILED_PRECONDITION, `${version.name} is DESTROYED, which cannot be undone`)
    }
    const { data, ...rest } = version
    const destroyed = state === 'DESTROYED'
    const changed: VersionRecord = {
      ...rest,
      state,
      ...(destroyed ? { destroyTime: fromMs(clock.now()) } : {}),
      ...(data !== undefined && !destroyed ? { data } : {}),
    }
    store.saveVersion(stored, changed)
    if (destroyed) store.erasePast()
    return showVersion(changed, stored.secret)
  }

  return {
    AddSecretVersion: ({ parent, payload = {} }: { parent?: string; payload?: Payload }) => {
      const { secret } = secretNamed(store, parent)
      const checked = checkPayload(payload)
      const number = secret.lastVersion + 1
      const stored = store.save({ ...secret, lastVersion: number })
      const version: VersionRecord = {
        name: `${secret.name}/versions/${number}`,
        number,
        state: 'ENABLED',
        createTime: fromMs(clock.now()),
        ...checked,
      }
      store.saveVersion(stored, version)
      return showVersion(version, stored.secret)
    },
    ListSecretVersions: (request: { parent?: string; filter?: string; pageSize?: number; pageToken?: string }) => {
      const { secret, versions } = secretNamed(store, request.parent)
      refuseFilter(request.filter)
      const newest = versions.toReversed()
      const { items, nextPageToken } = page(newest, ({ number }) => newestFirst(number), request, LARGEST_PAGE)
      const shown = items.map((version) => showVersion(version, secret))
      return { versions: shown, nextPageToken, totalSize: versions.length }
    },
    GetSecretVersion: ({ name }: { name?: string }) => {
      const { stored, version } = versionNamed(store, name)
      return showVersion(version, stored.secret)
    },
    AccessSecretVersion: ({ name }: { name?: string }) => {
      const { version } = versionNamed(store, name)
      const { data, dataCrc32c, state } = version
      if (state !== 'ENABLED') {
        throw new Refusal(
          status.FAILED_PRECONDITION,
          `${version.name} is in ${state} state; only ENABLED ones are read`,
        )
      }
      return { name: version.name, payload: { data, dataCrc32c } }
    },
    DisableSecretVersion: setState('DISABLED'),
    EnableSecretVersion: setState('ENABLED'),
    DestroySecretVersion: setState('DESTROYED'),
  }
}

/** The payload's checksum, verified when the caller sent one. */
function checkPayload({ data = '', dataCrc32c }: Payload) {
  const bytes = Buffer.from(data, 'base64')
  if (bytes.length === 0) throw invalid('payload.data is required')
  if (bytes.length > MOST_BYTES) throw invalid(`payload.data is larger than 64 KiB: ${bytes.length} bytes`)
  const actual = String(crc32c(bytes))
  if (dataCrc32c !== undefined && dataCrc32c !== actual) {
    throw invalid('payload.data_crc32c is not the checksum of the data that arrived')
  }
  return { data, dataCrc32c: actual, clientSpecifiedPayloadChecksum: dataCrc32c !== undefined }
}

/** The version by number, alias or `latest`, which is the one made last, whatever its state. */
function versionNamed(store: SecretStore, name = ''): { stored: StoredSecret; version: VersionRecord } {
  const [parent, id] = name.split('/versions/')
  if (!id) throw invalid(`A version's name must be SECRET/versions/VERSION, found "${name}"`)
  const stored = secretNamed(store, parent)
  const wanted = stored.secret.versionAliases?.[id] ?? id
  const version =
    id === 'latest' ? stored.versions.at(-1) : stored.versions.find(({ number }) => String(number) === wanted)
  if (!version) throw notFound(`${name} does not exist`)
  return { stored, version }
}
