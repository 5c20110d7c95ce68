import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type LocalAccess, ORGS } from './local-users.ts'
import type { Ports } from './ports.ts'
import { writePrivate } from './state.ts'

/** What `.adflux/local.json` tells the command line and anyone who wants to talk to the stack. */
export type LocalProfile = ReturnType<typeof localProfile>

export function localProfile(ports: Ports, access: LocalAccess, pids: Record<string, number>) {
  const at = (port: number) => `http://127.0.0.1:${port}`
  const org = ORGS[0]
  return {
    consoleUrl: at(ports.console),
    apiUrl: `${at(ports.host)}/api`,
    ingestUrl: `${at(ports.host)}/ingest-jobs`,
    sandboxUrl: at(ports.sandbox),
    org,
    apiKey: access.apiKeys[org] ?? '',
    pids,
    users: access.users.map(({ email, password, role, org }) => ({ email, password, role, org })),
    apiKeys: access.apiKeys,
  }
}

const latestFile = (state: string): string => join(dirname(state), 'local.json')
const ownFile = (state: string): string => join(state, 'local.json')

/** Writes it for this stack and as the latest one. */
export function publishProfile(state: string, profile: LocalProfile): void {
  writePrivate(ownFile(state), profile)
  writePrivate(latestFile(state), profile)
}

/** A stack that does not run must not look as if it did. */
export function withdrawProfile(state: string, ports: Ports): void {
  rmSync(ownFile(state), { force: true })
  const latest = latestFile(state)
  if (!existsSync(latest)) return
  const { consoleUrl } = JSON.parse(readFileSync(latest, 'utf8')) as Partial<LocalProfile>
  if (consoleUrl === `http://127.0.0.1:${ports.console}`) rmSync(latest, { force: true })
}
