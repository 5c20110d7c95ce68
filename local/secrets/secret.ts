import { createHash } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { invalid, Refusal, unimplemented, type WireTime } from '#local/grpc.ts'
import { fromMs } from '#local/standin/wire.ts'

/** The part of google.cloud.secretmanager.v1.Secret that its user decides. */
export interface WireSecret {
  name?: string | undefined
  replication?: { automatic?: object; userManaged?: { replicas?: { location?: string }[] } } | undefined
  labels?: Record<string, string> | undefined
  annotations?: Record<string, string> | undefined
  versionAliases?: Record<string, string> | undefined
  etag?: string | undefined
}

/** What UpdateSecret's mask may name. */
export const SECRET_FIELDS = {
  updatable: ['labels', 'annotations', 'version_aliases'],
  outputOnly: ['name', 'create_time', 'etag'],
}

/** A secret as it is kept. */
export interface SecretRecord extends WireSecret {
  name: string
  createTime: WireTime
  /** Order of creation. */
  seq: number
  /** Version numbers are never given twice. */
  lastVersion: number
}

/** A version as it is kept; `data` (base64) is gone once it is destroyed. */
export interface VersionRecord {
  name: string
  number: number
  state: 'ENABLED' | 'DISABLED' | 'DESTROYED'
  createTime: WireTime
  destroyTime?: WireTime
  data?: string
  dataCrc32c: string
  clientSpecifiedPayloadChecksum: boolean
}

const UNSERVED = [
  'topics',
  'expireTime',
  'ttl',
  'rotation',
  'versionDestroyTtl',
  'customerManagedEncryption',
  'tags',
  'secretType',
]

/** The secret that a CreateSecret request describes; refuses what Secret Manager refuses. `now` is virtual milliseconds. */
export function readSecret(wire: WireSecret, name: string, seq: number, now: number): SecretRecord {
  const { replication, labels, annotations, versionAliases } = wire
  refuseUnserved(wire)
  const replicas = replication?.userManaged?.replicas ?? []
  if (!replication?.automatic && replicas.length === 0) {
    throw invalid('secret.replication is required: automatic, or user_managed with at least one replica')
  }
  return { name, replication, labels, annotations, versionAliases, createTime: fromMs(now), seq, lastVersion: 0 }
}

/** A setting that would be ignored is refused instead. */
export function refuseUnserved(wire: WireSecret): void {
  const found = UNSERVED.find((field) => Object.hasOwn(wire, field))
  if (found) throw unimplemented(`The local Secret Manager does not serve secret.${found}`)
}

/** The secret as it is shown. */
export function showSecret(secret: SecretRecord): object {
  const { seq: _seq, lastVersion: _lastVersion, ...shown } = secret
  return { ...shown, etag: etagOf(shown) }
}

/** The version as it is shown: without its data. */
export function showVersion(version: VersionRecord, { replication }: SecretRecord): object {
  const { data: _data, dataCrc32c: _crc, number: _number, ...shown } = version
  const replicas = replication?.userManaged?.replicas?.map(({ location }) => ({ location }))
  const replicationStatus = replicas ? { userManaged: { replicas } } : { automatic: {} }
  return { ...shown, replicationStatus, etag: etagOf(shown) }
}

/** Refuses a request whose etag is not that of what is stored. */
export function checkEtag(wanted: string | undefined, shown: object): void {
  const { etag } = shown as { etag?: string }
  if (!wanted || wanted === etag) return
  throw new Refusal(status.FAILED_PRECONDITION, `The etag is ${etag}, not ${wanted}: someone changed it; read it again`)
}

const etagOf = (shown: object): string =>
  `"${createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 14)}"`
