import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { PROJECT, plainEnvironment } from './environment.ts'
import type { Ports } from './ports.ts'
import type { Command } from './processes.ts'
import { logFile, writePrivate } from './state.ts'

const Accounts = z.looseObject({ users: z.array(z.looseObject({ localId: z.string() })).optional() })

/** The Auth emulator, by the Firebase command line with a configuration of its own: nothing else of it is started. */
export function authCommand(ports: Ports, state: string): Command {
  const folder = join(state, 'auth')
  mkdirSync(folder, { recursive: true })
  const on = (port: number) => ({ host: '127.0.0.1', port })
  const config = join(folder, 'firebase.json')
  writeFileSync(
    config,
    JSON.stringify({
      emulators: {
        auth: on(ports.auth),
        hub: on(ports.hub),
        logging: on(ports.logging),
        ui: { enabled: false },
        singleProjectMode: true,
      },
    }),
  )
  const firebase = createRequire(import.meta.url).resolve('firebase-tools/lib/bin/firebase.js')
  return {
    name: 'auth',
    file: process.execPath,
    args: [firebase, 'emulators:start', '--only', 'auth', '--project', PROJECT, '--config', config],
    // A configuration folder of its own: the user's Firebase sign-in is neither read nor touched.
    env: {
      ...plainEnvironment(process.env, state),
      XDG_CONFIG_HOME: join(folder, 'config'),
      NO_UPDATE_NOTIFIER: '1',
      CI: '1',
    },
    cwd: folder,
    log: logFile(state, 'auth'),
    channel: false,
  }
}

/** Keeps every account with its password hash and claims, so that sign-ins survive a restart. */
export async function saveAccounts(ports: Ports, state: string): Promise<void> {
  const answer = await askAuth(ports, 'accounts:batchGet?maxResults=-1', { method: 'GET' })
  writePrivate(accountsFile(state), Accounts.parse(answer))
}

/** Gives the emulator the accounts that the last run kept; does nothing when there are none. */
export async function restoreAccounts(ports: Ports, state: string): Promise<void> {
  if (!existsSync(accountsFile(state))) return
  const kept = Accounts.parse(JSON.parse(readFileSync(accountsFile(state), 'utf8')))
  if (!kept.users?.length) return
  await askAuth(ports, 'accounts:batchCreate', { method: 'POST', body: JSON.stringify({ users: kept.users }) })
}

const accountsFile = (state: string): string => join(state, 'accounts.json')

async function askAuth(ports: Ports, path: string, init: RequestInit): Promise<unknown> {
  const url = `http://127.0.0.1:${ports.auth}/identitytoolkit.googleapis.com/v1/projects/${PROJECT}/${path}`
  const answer = await fetch(url, {
    ...init,
    headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
    signal: AbortSignal.timeout(20_000),
  })
  if (!answer.ok) throw new Error(`The Auth emulator answered ${answer.status} to ${path}: ${await answer.text()}`)
  return answer.json()
}
