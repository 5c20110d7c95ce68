import { mkdirSync } from 'node:fs'
import { KNOWN_ACCOUNTS } from './accounts.ts'
import { addProfile, KNOWN_PROFILES } from './amazon-ads/accounts.ts'
import { adsHost, reportHost } from './amazon-ads/host.ts'
import { REPORT_HOST } from './amazon-ads/reports.ts'
import { accessTokens, tokenHost } from './amazon-ads/token.ts'
import { keepCounts } from './call-counts.ts'
import { callLog } from './calls.ts'
import { addAccount } from './control/accounts.ts'
import { controlServer } from './control/server.ts'
import { deliveryLedger } from './delivery/ledger.ts'
import type { WorldEvent } from './events.ts'
import { faultBoard } from './faults.ts'
import { geminiHost } from './gemini/generate.ts'
import { addGoogleAccount, GOOGLE_ACCOUNTS } from './google-ads/accounts.ts'
import { googleGrpcHost, googleRestHost } from './google-ads/hosts.ts'
import { oauthHost } from './google-ads/tokens.ts'
import { openJournal } from './journal.ts'
import { graphHost } from './meta/graph.ts'
import { insights } from './meta/insights.ts'
import { rateLimits } from './meta/limits.ts'
import { unlistedThings } from './meta/unlisted.ts'
import type { Host } from './net/answer.ts'
import { certificates } from './net/certificates.ts'
import { close, listen } from './net/listen.ts'
import { connectProxy } from './net/proxy.ts'
import { platformServer } from './net/tls-server.ts'
import type { Parts } from './parts.ts'
import { DEFAULT_SETTINGS, type Log, type SandboxClock, type SandboxSettings } from './settings.ts'
import { openWorld } from './world.ts'

export interface SandboxOptions {
  /** 0 picks a free port. */
  controlPort: number
  proxyPort: number
  tlsPort: number
  /** Where the authority, its certificates and the journal live. */
  stateDir: string
  clock: SandboxClock
  /** Everything drawn at random follows from it. */
  seed: string | number
  log?: Log
  settings?: Partial<SandboxSettings>
}

export interface Sandbox {
  controlPort: number
  proxyPort: number
  tlsPort: number
  /** What NODE_EXTRA_CA_CERTS must point at before a client starts. */
  caFile: string
  /** Puts what happened into the world without a call: worlds of thousands of campaigns are not made call by call. */
  record(event: WorldEvent): void
  stop(): Promise<void>
}

/**
 * Starts the ad platforms' imitation: a CONNECT proxy for the real host names, the TLS server behind it, and the control
 * interface. All three listen on the loopback address alone. State is the journal in `stateDir`.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, stateDir, log = () => undefined } = options
  const seed = String(options.seed)
  mkdirSync(stateDir, { recursive: true })
  const { events, journal } = openJournal(stateDir)
  const world = openWorld(seed, { ...DEFAULT_SETTINGS, ...options.settings }, clock, journal, events)
  const ledger = deliveryLedger(world)
  const faults = faultBoard(seed)
  const unlisted = unlistedThings(clock)
  const limits = rateLimits(world)
  const calls = callLog()
  const counts = keepCounts(stateDir, calls)
  const reports = insights()

  const begin = (): void => {
    for (const account of KNOWN_ACCOUNTS)
      if (!world.accounts.has(account.id.replace('act_', ''))) addAccount(world, account)
    for (const account of GOOGLE_ACCOUNTS) if (!world.accounts.has(account.id)) addGoogleAccount(world, account)
    for (const profile of KNOWN_PROFILES) if (!world.accounts.has(profile.id)) addProfile(world, profile)
  }

  let tlsPort = options.tlsPort
  const graph = graphHost({ world, ledger, insights: reports, limits, faults, calls, unlisted })
  const shared = { world, ledger, faults, calls, unlisted }
  const access = accessTokens()
  const hosts = new Map<string, Host>([
    ['graph.facebook.com', graph],
    ['graph-video.facebook.com', graph],
    ['googleads.googleapis.com', googleRestHost(shared)],
    ['oauth2.googleapis.com', oauthHost({ world, faults, calls })],
    ['api.amazon.com', tokenHost(shared, access)],
    ['advertising-api.amazon.com', adsHost(shared, access, 'na')],
    ['advertising-api-eu.amazon.com', adsHost(shared, access, 'eu')],
    ['advertising-api-fe.amazon.com', adsHost(shared, access, 'fe')],
    [REPORT_HOST, reportHost(shared)],
    ['generativelanguage.googleapis.com', geminiHost({ world, faults, calls })],
  ])
  const grpcHosts = new Map([['googleads.googleapis.com', googleGrpcHost(shared)]])
  const proxy = connectProxy(
    (host, port) => port === 443 && hosts.has(host),
    () => tlsPort,
  )
  const parts: Parts = {
    clock,
    world,
    ledger,
    insights: reports,
    limits,
    faults,
    calls,
    unlisted,
    proxy,
    reset: () => {
      for (const part of [world, ledger, reports, limits, calls, unlisted, access]) part.clear()
      faults.clear()
      proxy.reset()
      begin()
    },
  }
  begin()

  const signed = certificates(stateDir, [...hosts.keys()])
  const platforms = platformServer(signed, hosts, grpcHosts, log)
  const control = controlServer(parts, log)
  const stop = async (): Promise<void> => {
    proxy.cut()
    await Promise.all([close(control), close(proxy.server), close(platforms)])
    counts.stop()
    journal.close()
  }
  let proxyPort: number
  let controlPort: number
  try {
    tlsPort = await listen(platforms, options.tlsPort)
    proxyPort = await listen(proxy.server, options.proxyPort)
    controlPort = await listen(control, options.controlPort)
  } catch (cause) {
    await stop()
    throw cause
  }
  log('sandbox ready', { controlPort, proxyPort, tlsPort, events: events.length })
  return { controlPort, proxyPort, tlsPort, caFile: signed.caFile, record: world.record, stop }
}
