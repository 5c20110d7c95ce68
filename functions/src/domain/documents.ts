import type { z } from 'zod'
import { AccountLimits } from './account-limits.ts'
import { AmzCampaign } from './amz-campaign.ts'
import { Campaign } from './campaign.ts'
import { Application, Candidate, Click, Consent, Contact } from './candidate.ts'
import { Channel, ExternalLink } from './channel.ts'
import { Connection } from './connection.ts'
import { Feed, Manifest } from './feed.ts'
import { Incident, Notice } from './incident.ts'
import { Job } from './job.ts'
import { Switch } from './kill-switch.ts'
import { Ledger } from './ledger.ts'
import {
  ApiKey,
  DeadLetter,
  DigestShard,
  IdempotencyRecord,
  Image,
  InboxMark,
  OutboxMessage,
  SyncState,
} from './machinery.ts'
import { MetricsMonth, Rollup } from './metrics.ts'
import { Member } from './org.ts'
import { Model, Segment, TrainingState } from './segment.ts'

/** Every collection of an organisation whose changes are audited, with its schema. */
export const AUDITED = {
  members: Member,
  jobs: Job,
  feeds: Feed,
  candidates: Candidate,
  applications: Application,
  segments: Segment,
  campaigns: Campaign,
  channels: Channel,
  connections: Connection,
  control: Switch,
} as const

/** Collections that machines keep, written without an audit entry of their own. */
export const MACHINERY = {
  manifests: Manifest,
  contacts: Contact,
  consents: Consent,
  clicks: Click,
  models: Model,
  training: TrainingState,
  metrics: MetricsMonth,
  rollups: Rollup,
  syncs: SyncState,
  syncDigests: DigestShard,
  externals: ExternalLink,
  amzCampaigns: AmzCampaign,
  apiKeys: ApiKey,
  deadLetters: DeadLetter,
  incidents: Incident,
  notices: Notice,
  idempotency: IdempotencyRecord,
  outbox: OutboxMessage,
  inbox: InboxMark,
  images: Image,
  ledger: Ledger,
  limits: AccountLimits,
} as const

export const COLLECTIONS = { ...AUDITED, ...MACHINERY } as const
export type Kind = keyof typeof COLLECTIONS
export type AuditedKind = keyof typeof AUDITED
export type MachineryKind = keyof typeof MACHINERY
export type Document<K extends Kind> = z.infer<(typeof COLLECTIONS)[K]>

/** Collections that live below another document: an id "parent/child" becomes `parents/{parent}/kind/{child}`. */
export const NESTED = { channels: 'campaigns', metrics: 'campaigns', manifests: 'feeds' } as const

/** Path of a document below `orgs/{org}`; ids were checked by their schemas. */
export function documentPath(kind: Kind, id: string): string {
  if (!(kind in NESTED)) return `${kind}/${id}`
  const [parent, child] = id.split('/')
  return `${NESTED[kind as keyof typeof NESTED]}/${parent}/${kind}/${child}`
}
