import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT, plainEnvironment } from './environment.ts'
import type { Java } from './find-java.ts'
import type { Ports } from './ports.ts'
import type { Command } from './processes.ts'
import { logFile } from './state.ts'

const MAIN_CLASS = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore'
const EXPORT = 'firestore'

/** The Firestore emulator, seeded with what the last run exported. */
export function firestoreCommand(java: Java, jar: string, rules: string, ports: Ports, state: string): Command {
  const kept = join(state, EXPORT, `${EXPORT}.overall_export_metadata`)
  return {
    name: 'firestore',
    file: java.path,
    args: [
      // Serial collection and no compiler threads to spare: two cores are shared with everything else.
      ...['-XX:+UseSerialGC', '-Duser.language=en', `-Dadflux.state=${state}`],
      ...['-cp', jar, MAIN_CLASS, '--host', '127.0.0.1', '--port', String(ports.firestore)],
      ...['--websocket_port', String(ports.firestoreWebsocket), '--rules', rules],
      ...['--project_id', PROJECT, '--single_project_mode', 'true'],
      ...(existsSync(kept) ? ['--seed_from_export', kept] : []),
    ],
    env: plainEnvironment(process.env, state),
    cwd: state,
    log: logFile(state, 'firestore'),
    channel: false,
  }
}

/** Exports all documents beside the last export and takes its place only when whole. */
export async function saveFirestore(ports: Ports, state: string): Promise<void> {
  const draft = join(state, 'firestore.part')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft)
  const answer = await fetch(`http://127.0.0.1:${ports.firestore}/emulator/v1/projects/${PROJECT}:export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      database: `projects/${PROJECT}/databases/(default)`,
      export_directory: draft,
      export_name: EXPORT,
    }),
    signal: AbortSignal.timeout(30_000),
  })
  if (!answer.ok) throw new Error(`Firestore's export answered ${answer.status}: ${await answer.text()}`)
  const whole = join(state, EXPORT)
  rmSync(whole, { recursive: true, force: true })
  renameSync(join(draft, EXPORT), whole)
  rmSync(draft, { recursive: true, force: true })
}
