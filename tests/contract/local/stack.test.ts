import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { cloudEnvironment, hostEnvironment, plainEnvironment } from '#local/stack/environment.ts'
import { findEmulators } from '#local/stack/find-emulators.ts'
import { findJava, javaMajor } from '#local/stack/find-java.ts'
import { restartPause } from '#local/stack/keep-children.ts'
import { localAccess } from '#local/stack/local-users.ts'
import { PORTS_OF_A_STACK, stackOptions } from '#local/stack/options.ts'
import { portsFrom, requireFreePorts } from '#local/stack/ports.ts'
import { takeState } from '#local/stack/state.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'adflux-pieces-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

function fileIn(root: string, path: string): string {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  return file
}

test('every port of a stack differs and lies in the span that the base announces', () => {
  const ports = Object.values(portsFrom(7300))
  expect(new Set(ports).size).toBe(ports.length)
  expect(Math.min(...ports)).toBe(7300)
  expect(Math.max(...ports)).toBe(7300 + PORTS_OF_A_STACK - 1)
})

test('a busy port is named with its use', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const busy = typeof address === 'object' && address ? address.port : 0
  await expect(requireFreePorts({ ...portsFrom(busy - 5), firestore: busy })).rejects.toThrow(`${busy} (firestore)`)
})

test('a process that was killed at work is started again at once however often, one that cannot start waits longer and longer', () => {
  const pauses = (ends: boolean[]): number[] => {
    let last = 0
    return ends.map((cameUp) => {
      last = restartPause(cameUp, last)
      return last
    })
  }
  expect(pauses([true, true, true, true])).toEqual([100, 100, 100, 100])
  expect(pauses([false, false, false, false, false, false])).toEqual([100, 300, 900, 2700, 5000, 5000])
  expect(pauses([false, false, true, false])).toEqual([100, 300, 100, 300])
})

test('the demo runs its clock sixty times as fast, an empty stack in real time, and a flag overrides both', () => {
  expect(stackOptions([], {})).toEqual({ base: 7300, fresh: false, empty: false, speed: 60 })
  expect(stackOptions(['--empty'], { ADFLUX_PORT: '8000' })).toMatchObject({ base: 8000, empty: true, speed: 1 })
  expect(stackOptions(['--no-demo-clock', '--fresh'], {})).toMatchObject({ fresh: true, speed: 1 })
  expect(stackOptions(['--empty', '--speed', '3600'], {})).toMatchObject({ speed: 3600 })
})

test.each([
  [['--speed', 'fast'], {}, '--speed is "fast"'],
  [['--speed', '0'], {}, '--speed is "0"'],
  [['--speed', '5', '--no-demo-clock'], {}, 'not both'],
  [['--emtpy'], {}, '--emtpy'],
  [[], { ADFLUX_PORT: '80' }, 'ADFLUX_PORT is "80"'],
  [[], { ADFLUX_PORT: 'x' }, 'ADFLUX_PORT is "x"'],
  [[], { ADFLUX_PORT: '65530' }, 'ADFLUX_PORT is "65530"'],
  [[], { ADFLUX_LIVE: '1' }, 'ADFLUX_LIVE is set'],
  [[], { GOOGLE_APPLICATION_CREDENTIALS: '/keys/live.json' }, '/keys/live.json'],
])('npm start %j with %j is refused: %s', (flags, env, said) => {
  expect(() => stackOptions(flags, env)).toThrow(said)
})

test('the major version is read from every form that a Java prints', () => {
  expect(javaMajor('openjdk version "17.0.15" 2025-04-15')).toBe(17)
  expect(javaMajor('java version "1.8.0_401"')).toBe(8)
  expect(javaMajor('openjdk version "25" 2025-09-16')).toBe(25)
  expect(javaMajor('command not found')).toBeNull()
})

test('JAVA_HOME goes before PATH, and an old one there does not hide a good one', () => {
  const versions = { 'java/old/bin/java': 'version "11.0.2"', java: 'version "21.0.1"' }
  const ask = (path: string) => Object.entries(versions).find(([known]) => known === path)?.[1] ?? null
  expect(findJava({ JAVA_HOME: 'java/old' }, ask)).toEqual({ path: 'java', major: 21 })
  expect(findJava({ JAVA_HOME: 'other' }, () => 'version "17"')).toEqual({ path: 'other/bin/java', major: 17 })
})

test('a missing or too old Java is named with the lines that install one', () => {
  expect(() => findJava({}, () => null)).toThrow(/Java was not found[\s\S]*apt-get install[\s\S]*brew install/)
  expect(() => findJava({}, () => 'version "11.0.2"')).toThrow(/Java 11 .*too old[\s\S]*apt-get install/)
})

test('emulators come from the variables first, then the Firebase cache, then the Cloud SDK', () => {
  const home = folder()
  const sdkFirestore = fileIn(home, 'google-cloud-sdk/platform/cloud-firestore-emulator/cloud-firestore-emulator.jar')
  const sdkPubsub = fileIn(home, 'google-cloud-sdk/platform/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.20-all.jar')
  const sdk = { HOME: home, PATH: '', CLOUDSDK_ROOT_DIR: join(home, 'google-cloud-sdk') }
  expect(findEmulators(sdk, 17)).toEqual({ firestore: sdkFirestore, pubsub: sdkPubsub })

  const old = fileIn(home, '.cache/firebase/emulators/cloud-firestore-emulator-v1.19.8.jar')
  fileIn(home, '.cache/firebase/emulators/cloud-firestore-emulator-v1.9.1.jar')
  const recent = fileIn(home, '.cache/firebase/emulators/cloud-firestore-emulator-v1.22.0.jar')
  const cachedPubsub = fileIn(
    home,
    '.cache/firebase/emulators/pubsub-emulator-0.8.37/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.37-all.jar',
  )
  expect(findEmulators(sdk, 21)).toEqual({ firestore: recent, pubsub: cachedPubsub })
  expect(findEmulators(sdk, 17).firestore).toBe(old)

  const chosen = fileIn(home, 'chosen.jar')
  expect(findEmulators({ ...sdk, FIRESTORE_EMULATOR_JAR: chosen }, 17).firestore).toBe(chosen)
  expect(() => findEmulators({ ...sdk, PUBSUB_EMULATOR_JAR: '/nowhere.jar' }, 17)).toThrow('PUBSUB_EMULATOR_JAR')
})

test('children inherit no proxy, root certificate or credential of the outside', () => {
  const outside = {
    PATH: '/bin',
    HTTPS_PROXY: 'http://corporate:3128',
    GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: '/etc/roots.pem',
    NODE_EXTRA_CA_CERTS: '/etc/roots.pem',
    GOOGLE_APPLICATION_CREDENTIALS: '/keys/live.json',
    NODE_OPTIONS: '--inspect',
    META_ACCESS_TOKEN: 'live',
  }
  const ports = portsFrom(9000)
  expect(plainEnvironment(outside, '/state')).toEqual({
    PATH: '/bin',
    TMPDIR: '/state/tmp',
    METADATA_SERVER_DETECTION: 'none',
  })
  const host = hostEnvironment(outside, ports, '/state')
  expect(host).toMatchObject({
    HTTPS_PROXY: 'http://127.0.0.1:9003',
    NODE_EXTRA_CA_CERTS: '/state/ca.pem',
    GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: '/state/ca.pem',
    FIRESTORE_EMULATOR_HOST: '127.0.0.1:9005',
    NO_PROXY: '127.0.0.1,localhost',
  })
  expect(JSON.stringify(host)).not.toMatch(/corporate|etc\/roots|live|inspect/)
  expect(cloudEnvironment(outside, ports, '/state').HTTPS_PROXY).toBeUndefined()
})

test('users and keys are made once and stay', () => {
  const state = folder()
  const access = localAccess(state)
  expect(access.users.map(({ email }) => email)).toEqual([
    'admin@demo.adflux.test',
    'recruiter@demo.adflux.test',
    'viewer@demo.adflux.test',
    'admin@acme.adflux.test',
    'recruiter@acme.adflux.test',
    'viewer@acme.adflux.test',
  ])
  expect(new Set(access.users.map(({ password }) => password)).size).toBe(6)
  expect(localAccess(state)).toEqual(access)
})

test('a new start keeps what the last one left, forgets its logs, and with --fresh forgets everything', async () => {
  const state = folder()
  const kept = fileIn(state, 'firestore/export')
  const log = fileIn(state, 'logs/host.log')
  await takeState(state, 9000, false)
  expect([existsSync(kept), existsSync(log)]).toEqual([true, false])
  await takeState(state, 9000, true)
  expect([existsSync(kept), existsSync(join(state, 'logs'))]).toEqual([false, true])
})

test('a process id that a killed stack left behind and that belongs to a stranger now is let alone', async () => {
  const state = folder()
  const stranger = spawn('sleep', ['60'])
  onTestFinished(() => void stranger.kill('SIGKILL'))
  const pid = stranger.pid ?? 0
  writeFileSync(join(state, 'stack.json'), JSON.stringify({ supervisor: pid, children: { firestore: pid } }))
  await takeState(state, 9000, false)
  expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null])
})

test('a child of a killed stack is ended before the next one starts', async () => {
  const state = folder()
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', state], { detached: true })
  const exited = once(child, 'exit')
  writeFileSync(join(state, 'stack.json'), JSON.stringify({ supervisor: 999_999_999, children: { host: child.pid } }))
  await takeState(state, 9000, false)
  expect((await exited)[1]).toBe('SIGTERM')
})
