import type { Brief } from '#domain/brief.ts'
import type { Confirmed } from '#domain/channel.ts'
import type { Connection } from '#domain/connection.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { DayRow } from '#domain/metrics.ts'
import type { ChannelPlan, PlannedStep } from '#domain/plan.ts'
import type { AdDay } from '#domain/time.ts'

export type { Brief } from '#domain/brief.ts'

/** Ids made so far, by step key. */
export type Made = Readonly<Record<string, string>>

export interface FoundObject {
  id: string
  createdAt: string
}

/** What the platform says of a whole channel. */
export interface PlatformState {
  confirmed: Confirmed
  /** The platform's own sentence where it gave one. */
  message: string | null
}

/** `days` = a row per campaign and day; `lifetime` = a row per campaign with the unique reach of its whole life. */
export type ReportQuery = { grain: 'days'; since: AdDay; until: AdDay } | { grain: 'lifetime' }

export interface ReportRow {
  /** The platform's campaign id. */
  externalId: string
  since: AdDay
  until: AdDay
  counts: DayRow
}

/** A report is asked for, waited for and read page by page; `token` resumes it in another process. */
export type ReportStep =
  | { state: 'running'; token: string }
  | { state: 'page'; rows: ReportRow[]; token: string | null }

export interface AccountHealth {
  accountName: string
  currency: string
  timeZone: string
}

/** One ad account. Every method throws PlatformFailure alone. */
export interface AdPlatform {
  /** No side effect; may look up the platform's own targeting vocabulary. */
  plan(brief: Brief): Promise<ChannelPlan>
  /**
   * Gives the account the bytes of an image (PNG or JPEG) to keep and answers its own id of them, which later plans name; the same bytes
   * are the same image there, so repeating is harmless. Null = this platform's ads show no images of ours.
   */
  keepImage(bytes: Uint8Array): Promise<string | null>
  create(step: PlannedStep, made: Made): Promise<string>
  /** Brings the object that was made of the step to the step's payload; what is so already is no error. */
  update(step: PlannedStep, made: Made): Promise<void>
  /** Objects whose name ends in the step's token, oldest first: people may rename, the token stays. */
  find(step: PlannedStep, made: Made): Promise<FoundObject[]>
  /** Sets the whole channel's delivery; setting what is set is no error. */
  set(made: Made, delivery: 'active' | 'paused'): Promise<void>
  state(made: Made): Promise<PlatformState>
  /** Stops and removes one object; one that is gone already is no error. */
  remove(level: string, id: string): Promise<void>
  /** Platform ids of the account's campaigns that do not deliver: paused, rejected or removed, by whomever. Calls grow with pages. */
  stopped(): Promise<string[]>
  report(query: ReportQuery, token: string | null): Promise<ReportStep>
  check(): Promise<AccountHealth>
}

export interface AdPlatforms {
  /**
   * Loads the platform's adapter and its token, behind the guards: a call that one of them holds back throws a failure with `heldBy`.
   * `assertTimely` has the last word on each call that changes something, when every guard has been asked and nothing is waited for.
   * `urgent` = what is asked for confirms a pause that was made before.
   */
  open(org: string, connection: Connection, assertTimely?: () => void, urgent?: boolean): Promise<AdPlatform>
  /** How long a lost create may still land, and lists may lag, in milliseconds of real time. */
  quarantineMs(platform: PlatformKey): number
  /** How long to wait before asking again for a review's outcome, in seconds of virtual time. */
  reviewPollSeconds(platform: PlatformKey): number
  /** How many of the last days the platform may still change, today included. */
  windowDays(platform: PlatformKey): number
}
