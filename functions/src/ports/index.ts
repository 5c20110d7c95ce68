import type { CopyText } from '#domain/copy.ts'
import type { SwitchView } from '#domain/kill-switch.ts'
import type { AdPlatforms } from './ad-platform.ts'
import type { Clusterer } from './clusterer.ts'
import type { Census, Store } from './store.ts'

export type * from './ad-platform.ts'
export type * from './clusterer.ts'
export type * from './store.ts'

export interface Clock {
  now(): Date
}

export interface TaskRequest {
  queue: string
  /** Makes the task's name together with the epoch; a second request of the same name is the same task. */
  name: string
  org: string
  payload: Record<string, unknown>
  /** Virtual time. */
  runAt?: string
  correlationId: string
}

/** The kill switches of the installation and of one organisation. */
export interface KillSwitch {
  /** Never throws: what cannot be read is stopped. */
  view(org: string): Promise<SwitchView>
}

export interface Tasks {
  enqueue(request: TaskRequest): Promise<void>
}

export interface Events {
  publish(events: readonly import('#domain/event.ts').DomainEvent[]): Promise<void>
}

export interface Schedule {
  name: string
  /** Five fields. */
  cron: string
  timeZone: string
  state: 'enabled' | 'paused'
  nextRunAt: string | null
  lastRunAt: string | null
}

export interface Schedules {
  list(): Promise<Schedule[]>
  /** Throws `invalid` for a cron or zone that the scheduler refuses. */
  set(name: string, change: { cron?: string; timeZone?: string; paused?: boolean }): Promise<Schedule>
}

export interface Secrets {
  /** Makes a secret that must not exist yet; false = somebody else made it first, and theirs stands. */
  create(name: string, value: string): Promise<boolean>
  /** Adds a version; earlier ones are destroyed. */
  set(name: string, value: string): Promise<void>
  get(name: string): Promise<string>
  remove(name: string): Promise<void>
}

/** Who is calling, from a Firebase ID token. */
export interface Identity {
  verify(token: string): Promise<{ uid: string; org: string | null; role: string | null; claimsVersion: number }>
  /** Exchanges a password for an ID token; throws `unauthenticated`. */
  signIn(email: string, password: string): Promise<{ token: string; expiresIn: number }>
}

export interface Copywriter {
  /** Ad copy as a model wrote it, unchecked; null where none is configured or it gave no answer that can be read. */
  write(request: CopyRequest): Promise<CopyText | null>
}

export interface CopyRequest {
  language: 'es' | 'en'
  title: string
  company: string | null
  place: string | null
  description: string
}

export interface Fetched {
  status: number
  contentType: string | null
  body: AsyncIterable<Uint8Array>
}

/** Fetches a foreign address: public hosts alone, bounded, redirects checked. */
export interface Fetcher {
  get(url: string): Promise<Fetched>
  /** Posts JSON, for boards that list by POST. */
  post(url: string, json: unknown): Promise<Fetched>
}

/** Addresses that we hand out. */
export interface Links {
  /** The ad's destination: our signed redirect to the job's own apply address. */
  click(org: string, target: { campaignId: string; platform: string; jobId: string }): Promise<string>
}

export interface ImageFacts {
  mime: 'image/png' | 'image/jpeg'
  width: number
  height: number
  /** data: URI, at most 320 px wide. */
  thumbnail: string
}

export interface Images {
  /** Throws `invalid` for anything that is no whole PNG or JPEG. */
  inspect(bytes: Uint8Array): Promise<ImageFacts>
}

export interface Ports {
  images: Images
  links: Links
  store: Store
  census: Census
  clock: Clock
  tasks: Tasks
  killSwitch: KillSwitch
  events: Events
  schedules: Schedules
  secrets: Secrets
  identity: Identity
  platforms: AdPlatforms
  clusterer: Clusterer
  copywriter: Copywriter
  fetcher: Fetcher
}
