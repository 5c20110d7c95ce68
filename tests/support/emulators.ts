import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { plainEnvironment } from '#local/stack/environment.ts'
import { findEmulators } from '#local/stack/find-emulators.ts'
import { findJava } from '#local/stack/find-java.ts'
import { type Child, signalGroup, startChild, stopChild } from '#local/stack/processes.ts'
import { answers } from '#local/stack/wait-until.ts'

/** host:port of each emulator, and how to end them. */
export type Emulators = { firestore: string; pubsub: string; stop: () => Promise<void> }

const FIRESTORE_MAIN = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore'
const RULES = fileURLToPath(new URL('../../firestore.rules', import.meta.url))

/** Starts Firestore (with the project's rules, any number of project ids) and Pub/Sub on free ports. Throws when Java or a jar is absent. */
export async function startEmulators(): Promise<Emulators> {
  const java = findJava(process.env)
  const jars = findEmulators(process.env, java.major)
  const folder = mkdtempSync(join(tmpdir(), 'adflux-test-'))
  mkdirSync(join(folder, 'tmp'))
  const [firestore, websocket, pubsub] = await freePorts(3)
  const command = (name: string, args: string[]) => ({
    name,
    file: java.path,
    args: ['-XX:+UseSerialGC', '-Duser.language=en', ...args],
    env: plainEnvironment(process.env, folder),
    cwd: folder,
    log: join(folder, `${name}.log`),
    channel: false,
  })
  const commands = [
    command('firestore', [
      ...['-cp', jars.firestore, FIRESTORE_MAIN, '--host', '127.0.0.1', '--port', `${firestore}`],
      ...['--websocket_port', `${websocket}`, '--rules', RULES],
    ]),
    command('pubsub', ['-jar', jars.pubsub, '--host=127.0.0.1', `--port=${pubsub}`]),
  ]
  const children = commands.map((each) => ({ child: startChild(each), log: each.log }))
  // A run that is cut short must not leave two JVMs behind.
  const endAll = () => children.forEach(({ child }) => void signalGroup(child.pid, 'SIGKILL'))
  const cutShort = () => process.exit(1)
  process.once('exit', endAll)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, cutShort)
  const stop = async () => {
    await Promise.all(children.map(({ child }) => stopChild(child, 5_000)))
    process.off('exit', endAll)
    for (const signal of ['SIGTERM', 'SIGHUP']) process.off(signal, cutShort)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all(children.map(({ child, log }) => ready(child, child.name === 'pubsub' ? pubsub : firestore, log)))
  } catch (error) {
    await stop()
    throw error
  }
  return { firestore: `127.0.0.1:${firestore}`, pubsub: `127.0.0.1:${pubsub}`, stop }
}

const ready = (child: Child, port: number | undefined, log: string): Promise<void> =>
  answers(child, `http://127.0.0.1:${port}/`, log)

/** Ports that nothing listens on now; held together until all are found, so that no two are the same. */
async function freePorts(n: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: n }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address()
      await new Promise((resolve) => server.close(resolve))
      if (address === null || typeof address === 'string') throw new Error('the loopback interface gave no port')
      return address.port
    }),
  )
}
