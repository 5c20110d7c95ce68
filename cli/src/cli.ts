import { randomUUID } from 'node:crypto'
import { type Client, httpClient } from './client.ts'
import { Failure } from './failure.ts'
import type { Io } from './io.ts'
import { type Output, outputOf } from './output.ts'
import { findProfile, type Profile } from './profile.ts'

/** The options that every command takes. */
export interface Flags {
  json?: boolean
  verbose?: boolean
  profile?: string
}

/** What a command works with. */
export interface Cli {
  io: Io
  flags: () => Flags
  out: Output
  /** Throws Failure where there is none. */
  profile: () => Profile
  /** The API with the profile's key. */
  api: () => Client
  /** Where jobs are pushed. Throws Failure where the profile names none. */
  ingest: () => Client
  clientOf: (base: string, token: string | undefined) => Client
}

export function cliOf(io: Io, flags: () => Flags): Cli {
  // One id for the whole command: it leads from here to the last call at a platform.
  const correlationId = `cli-${randomUUID()}`
  let profile: Profile | undefined
  const trace = (line: string): void => {
    if (flags().verbose) io.stderr.write(`${line}\n`)
  }
  const cli: Cli = {
    io,
    flags,
    out: outputOf(io, () => Boolean(flags().json)),
    profile() {
      profile ??= findProfile(io, flags().profile)
      return profile
    },
    api: () => whenAsked(() => cli.clientOf(cli.profile().apiUrl, keyOf(cli.profile()))),
    ingest: () => whenAsked(() => cli.clientOf(ingestUrlOf(cli.profile()), keyOf(cli.profile()))),
    clientOf: (base, token) => httpClient({ base, token, correlationId, pause: io.pause, trace }),
  }
  return cli
}

/** Looks for the profile only when something is sent: a command written wrongly is told so first. */
const whenAsked = (client: () => Client): Client => ({
  send: (request) => Promise.resolve().then(() => client().send(request)),
  exchange: (request) => Promise.resolve().then(() => client().exchange(request)),
})

function ingestUrlOf({ ingestUrl, from }: Profile): string {
  if (ingestUrl) return ingestUrl
  throw new Failure(`The profile (${from}) does not say where jobs are pushed`, {
    remedy: 'Set ADFLUX_INGEST_URL, or add ingestUrl to the profile.',
  })
}

function keyOf({ apiKey, expiresAt, from }: Profile): string {
  if (!apiKey)
    throw new Failure(`The profile (${from}) has no key`, {
      remedy: 'Set ADFLUX_API_KEY, or sign in with "adflux login".',
    })
  if (expiresAt && Date.parse(expiresAt) <= Date.now())
    throw new Failure('Your sign-in has ended', { remedy: 'Sign in again with "adflux login".' })
  return apiKey
}
