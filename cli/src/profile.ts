import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { Failure } from './failure.ts'
import type { Io } from './io.ts'

const Url = z.url({ protocol: /^https?$/ })
const ProfileFile = z.object({
  apiUrl: Url,
  ingestUrl: Url.optional(),
  consoleUrl: Url.optional(),
  /** Only a local stack has one. */
  sandboxUrl: Url.optional(),
  org: z.string().optional(),
  /** API key, or the ID token of a sign-in. */
  apiKey: z.string().min(1).optional(),
  /** When a sign-in ends; an API key has none here. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  users: z.array(z.object({ email: z.string(), password: z.string(), role: z.string(), org: z.string() })).optional(),
})
export type ProfileFile = z.infer<typeof ProfileFile>

export interface Profile extends ProfileFile {
  /** Where it was found, in words for people. */
  from: string
  /** The file, where there is one. */
  file: string | null
}

type World = Pick<Io, 'env' | 'cwd' | 'home'>

const START = 'Start one here with "npm start", or set ADFLUX_API_URL and ADFLUX_API_KEY.'
const settingsFolder = ({ env, home }: World): string => join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'adflux')

/** A path as it is; a name lies in the settings folder. */
export const profilePath = (world: World, nameOrPath: string): string =>
  /[/\\]|\.json$/.test(nameOrPath)
    ? isAbsolute(nameOrPath)
      ? nameOrPath
      : resolve(world.cwd, nameOrPath)
    : join(settingsFolder(world), `${nameOrPath}.json`)

/** `.adflux/local.json` in this folder or the nearest one above it; `npm start` writes it and takes it away. */
export function localProfilePath(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, '.adflux', 'local.json')
    if (existsSync(file)) return file
    if (dirname(folder) === folder) return null
  }
}

/**
 * Whom to talk to: the profile asked for, else ADFLUX_API_URL, else the running local stack, else the saved sign-in.
 * ADFLUX_API_KEY replaces the key of any file; the key of a file never goes to an address of the environment.
 */
export function findProfile(world: World, asked: string | undefined): Profile {
  const { env } = world
  const wanted = asked ?? env.ADFLUX_PROFILE
  if (wanted) return withKey(readProfile(profilePath(world, wanted)), env)
  if (env.ADFLUX_API_URL) return fromEnvironment(env)
  const saved = profilePath(world, 'profile')
  const file = localProfilePath(world.cwd) ?? (existsSync(saved) ? saved : null)
  if (!file) throw new Failure('No AdFlux to talk to: no .adflux/local.json here or above', { remedy: START })
  return withKey(readProfile(file), env)
}

function fromEnvironment(env: World['env']): Profile {
  const read = ProfileFile.safeParse({
    apiUrl: env.ADFLUX_API_URL,
    ingestUrl: env.ADFLUX_INGEST_URL || undefined,
    apiKey: env.ADFLUX_API_KEY || undefined,
  })
  if (!read.success)
    throw new Failure(`ADFLUX_${read.error.issues[0]?.path[0] === 'ingestUrl' ? 'INGEST' : 'API'}_URL is no address`, {
      remedy: 'Write it like https://adflux.example.com.',
    })
  return { ...read.data, from: 'ADFLUX_API_URL', file: null }
}

const withKey = (profile: Profile, env: World['env']): Profile => {
  if (!env.ADFLUX_API_KEY) return profile
  const { expiresAt: _, ...rest } = profile
  return { ...rest, apiKey: env.ADFLUX_API_KEY }
}

function readProfile(file: string): Profile {
  if (!existsSync(file))
    throw new Failure(`There is no profile ${file}`, { remedy: 'Sign in with "adflux login", or name another one.' })
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Failure(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const read = ProfileFile.safeParse(content)
  if (read.success) return { ...read.data, from: file, file }
  throw new Failure(`${file} is no profile`, {
    remedy: 'It needs at least apiUrl and apiKey.',
    problems: read.error.issues.map((issue) => ({ at: `/${issue.path.join('/')}`, message: issue.message })),
  })
}

/** Writes it whole or not at all, readable by its owner only. */
export function saveProfile(file: string, profile: ProfileFile): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.part`
  writeFileSync(draft, `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file)
}

/** True where others on this machine can read the key. */
export const isExposed = (file: string): boolean => process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
