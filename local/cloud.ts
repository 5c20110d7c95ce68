import { join } from 'node:path'
import { keepClock } from './clock.ts'
import { customTokens } from './hosting/custom-token.ts'
import { allowConnections, hostingConfig } from './hosting/hosting-config.ts'
import { startConsole } from './hosting/start-console.ts'
import { startSandbox } from './sandbox/main.ts'
import { startScheduler } from './scheduler/start-scheduler.ts'
import { startSecrets } from './secrets/start-secrets.ts'
import { childOf } from './stack/child.ts'
import { PROJECT } from './stack/environment.ts'
import { localAccess } from './stack/local-users.ts'
import { type Ports, portsFrom } from './stack/ports.ts'
import { startTasks } from './tasks/start-tasks.ts'
import { localSigner, startTokens } from './tokens.ts'

/**
 * The process that stands for Google: stand-ins, sandbox, console. Arguments: port base, state folder, speed of the clock, and how
 * many days in the past a new clock starts.
 */
const [, , base, folder, speed, daysBehind] = process.argv
const state = String(folder)
const ports = portsFrom(Number(base))
const log = (message: string, details?: Record<string, unknown>): void =>
  console.log(JSON.stringify({ at: new Date().toISOString(), message, ...details }))

await childOf('cloud', async () => {
  const kept = keepClock(join(state, 'clock.json'), Number(daysBehind) * 86_400_000)
  const { clock } = kept
  clock.setSpeed(Number(speed))
  const signer = await localSigner(join(state, 'signing-key.json'))
  const own = (name: string) => ({ stateFile: join(state, `${name}.journal`), clock, signer, log })
  const parts = await Promise.all([
    startTokens({ port: ports.tokens, signer }),
    startTasks({ port: ports.tasks, ...own('tasks') }),
    startScheduler({ port: ports.scheduler, pubsubHost: `127.0.0.1:${ports.pubsub}`, ...own('scheduler') }),
    startSecrets({ port: ports.secrets, ...own('secrets') }),
    startSandbox({
      controlPort: ports.sandbox,
      proxyPort: ports.proxy,
      tlsPort: ports.tls,
      stateDir: state,
      clock,
      log,
      seed: 7,
    }),
    startConsole({
      port: ports.console,
      root: join(import.meta.dirname, '..'),
      hosting: allowConnections(hostingConfig(new URL('../firebase.json', import.meta.url)), emulatorOrigins(ports)),
      functionsUrl: `http://127.0.0.1:${ports.host}`,
      config: consoleConfig(ports),
      users: localAccess(state).users,
      customToken: customTokens(),
    }),
  ])
  return async () => {
    await Promise.all(parts.map((running) => running.stop()))
    kept.stop()
  }
})

/** What the console reads at `/config.json` to find this stack's emulators. */
function consoleConfig({ auth, firestore }: Ports) {
  return {
    local: true,
    projectId: PROJECT,
    auth: `http://127.0.0.1:${auth}`,
    firestore: { host: '127.0.0.1', port: firestore },
  }
}

function emulatorOrigins({ auth, firestore, firestoreWebsocket }: Ports): string[] {
  return [auth, firestore, firestoreWebsocket].flatMap((port) =>
    ['127.0.0.1', 'localhost'].flatMap((name) => [`http://${name}:${port}`, `ws://${name}:${port}`]),
  )
}
