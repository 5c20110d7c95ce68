import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { StackRefusal } from './options.ts'

export type Emulators = { firestore: string; pubsub: string }

const JAVA_OF_FIRESTORE_1_20 = 21

const INSTALL = {
  firestore: `  Debian, Ubuntu:  sudo apt-get install --yes google-cloud-cli-firestore-emulator   (Google's apt repository)
  macOS:           gcloud components install cloud-firestore-emulator
  anywhere:        npx firebase setup:emulators:firestore   (Java 21 or newer)
  or name a jar:   export FIRESTORE_EMULATOR_JAR=/path/to/cloud-firestore-emulator.jar`,
  pubsub: `  Debian, Ubuntu:  sudo apt-get install --yes google-cloud-cli-pubsub-emulator   (Google's apt repository)
  macOS:           gcloud components install pubsub-emulator
  anywhere:        npx firebase setup:emulators:pubsub
  or name a jar:   export PUBSUB_EMULATOR_JAR=/path/to/cloud-pubsub-emulator-all.jar`,
}

/** Both jars: the variable, then Firebase's cache, then the Cloud SDK. Throws StackRefusal naming each absent one with its install lines. */
export function findEmulators(env: NodeJS.ProcessEnv, javaMajor: number): Emulators {
  const firestore = env.FIRESTORE_EMULATOR_JAR
    ? named('FIRESTORE_EMULATOR_JAR', env.FIRESTORE_EMULATOR_JAR)
    : firestoreJars(env, javaMajor)[0]
  const pubsub = env.PUBSUB_EMULATOR_JAR ? named('PUBSUB_EMULATOR_JAR', env.PUBSUB_EMULATOR_JAR) : pubsubJars(env)[0]
  const missing = [
    firestore ? null : `The Firestore emulator was not found.\n${INSTALL.firestore}`,
    pubsub ? null : `The Pub/Sub emulator was not found.\n${INSTALL.pubsub}`,
  ].filter((line) => line !== null)
  if (!firestore || !pubsub) throw new StackRefusal(missing.join('\n\n'))
  return { firestore, pubsub }
}

function named(variable: string, path: string): string {
  if (existsSync(path)) return path
  throw new StackRefusal(`${variable} points to ${path}, where there is no file.`)
}

/** Candidates, best first: below Java 21 the newer jars of the cache do not start, so 1.19 and the Cloud SDK's go first. */
function firestoreJars(env: NodeJS.ProcessEnv, javaMajor: number): string[] {
  const cached = newest(firebaseCache(env), /^cloud-firestore-emulator-v[\d.]+\.jar$/)
  const sdk = sdkRoots(env).flatMap((root) => newest(join(root, 'platform', 'cloud-firestore-emulator'), /\.jar$/))
  if (javaMajor >= JAVA_OF_FIRESTORE_1_20) return [...cached, ...sdk]
  return [...cached.filter((jar) => /-v1\.(1?\d)\./.test(jar)), ...sdk]
}

function pubsubJars(env: NodeJS.ProcessEnv): string[] {
  const jar = /^cloud-pubsub-emulator-.*-all\.jar$/
  const unpacked = newest(firebaseCache(env), /^pubsub-emulator-[\d.]+$/).flatMap((folder) =>
    newest(join(folder, 'pubsub-emulator', 'lib'), jar),
  )
  return [
    ...unpacked,
    ...sdkRoots(env).flatMap((root) => newest(join(root, 'platform', 'pubsub-emulator', 'lib'), jar)),
  ]
}

const firebaseCache = (env: NodeJS.ProcessEnv): string =>
  env.FIREBASE_EMULATORS_PATH ?? join(env.HOME ?? homedir(), '.cache', 'firebase', 'emulators')

function sdkRoots(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? homedir()
  const roots = [
    env.CLOUDSDK_ROOT_DIR,
    ...sdkOfGcloud(env),
    '/usr/lib/google-cloud-sdk',
    '/usr/share/google-cloud-sdk',
    join(home, 'google-cloud-sdk'),
    '/opt/homebrew/share/google-cloud-sdk',
    '/usr/local/share/google-cloud-sdk',
  ]
  return roots.filter((root): root is string => Boolean(root))
}

/** The SDK that `gcloud` on PATH belongs to, by following its link: asking gcloud itself would cost a second. */
function sdkOfGcloud(env: NodeJS.ProcessEnv): string[] {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const gcloud = join(folder, 'gcloud')
    if (folder && existsSync(gcloud)) return [dirname(dirname(realpathSync(gcloud)))]
  }
  return []
}

function newest(folder: string, name: RegExp): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((file) => join(folder, file))
}
