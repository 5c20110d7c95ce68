import { createRequire } from 'node:module'
import protobuf from 'protobufjs'
import type { Json } from '../events.ts'

const PACKAGE = 'google.ads.googleads.v25'
let root: protobuf.Root | undefined

/** The published protos, parsed when the first gRPC call comes: it takes most of a second. */
function load(): protobuf.Root {
  const found = protobuf.Root.fromJSON(
    createRequire(import.meta.url)('google-ads-node/build/protos/protos.json') as protobuf.INamespace,
  )
  // The package has google.rpc.Status and not what its details may be.
  const retry = new protobuf.Type('RetryInfo').add(new protobuf.Field('retry_delay', 1, 'google.protobuf.Duration'))
  found.define('google.rpc').add(retry)
  return found
}

/** `name` within the package of Google Ads, or with a package of its own: "google.rpc.Status". */
function typeOf(name: string): protobuf.Type {
  root ??= load()
  return root.lookupType(name.startsWith('google.') ? name : `${PACKAGE}.${name}`)
}

/** A message with the protos' own names, enums by name and int64 as text; what was not sent is absent. */
export function decode(name: string, bytes: Buffer): { [key: string]: Json } {
  const type = typeOf(name)
  return type.toObject(type.decode(bytes), { longs: String, enums: String, bytes: String })
}

export function encode(name: string, value: { [key: string]: unknown }): Buffer {
  const type = typeOf(name)
  return Buffer.from(type.encode(type.fromObject(value)).finish())
}
