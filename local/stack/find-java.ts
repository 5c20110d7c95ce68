import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { StackRefusal } from './options.ts'

export type Java = { path: string; major: number }

const OLDEST_JAVA = 17

const INSTALL = `  Debian, Ubuntu:  sudo apt-get install --yes default-jre-headless
  macOS:           brew install --cask temurin`

/** The major version in the text of `java -version`, or null when there is none ("1.8.0" is 8). */
export function javaMajor(text: string): number | null {
  const found = /version "(?:1\.)?(\d+)/.exec(text)?.[1]
  return found ? Number(found) : null
}

/** JAVA_HOME first, then PATH. Throws StackRefusal with the line that installs one when there is none, or only an old one. */
export function findJava(env: NodeJS.ProcessEnv, versionText: (path: string) => string | null = askVersion): Java {
  const places = [env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : null, 'java'].filter((place) => place !== null)
  const seen: Java[] = []
  for (const path of places) {
    const text = versionText(path)
    const major = text === null ? null : javaMajor(text)
    if (major === null) continue
    if (major >= OLDEST_JAVA) return { path, major }
    seen.push({ path, major })
  }
  const old = seen[0]
  throw new StackRefusal(
    old
      ? `Java ${old.major} (${old.path}) is too old: the Firestore and Pub/Sub emulators run here with Java ${OLDEST_JAVA} or newer.\n${INSTALL}`
      : `Java was not found. The Firestore and Pub/Sub emulators need Java ${OLDEST_JAVA} or newer.\n${INSTALL}`,
  )
}

function askVersion(path: string): string | null {
  const answer = spawnSync(path, ['-version'], { encoding: 'utf8', timeout: 20_000 })
  return answer.status === 0 ? answer.stderr + answer.stdout : null
}
