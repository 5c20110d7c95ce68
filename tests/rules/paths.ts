import { AUDITED, COLLECTIONS, documentPath, type Kind, NESTED } from '#domain/documents.ts'
import { ORG } from './actors.ts'

/** What a member of the organisation may do with documents at a path. */
type Access = 'get and list' | 'get' | 'get and list by an administrator' | 'nothing'

/** One decision per collection of the domain: a new one does not compile until it is decided here. */
const DECISIONS: Record<Kind, Access> = {
  members: 'get and list',
  jobs: 'get and list',
  feeds: 'get and list',
  candidates: 'get and list',
  applications: 'get and list',
  segments: 'get and list',
  campaigns: 'get and list',
  channels: 'get and list',
  connections: 'get and list',
  control: 'get and list',
  metrics: 'get and list',
  rollups: 'get and list',
  incidents: 'get and list',
  deadLetters: 'get and list',
  images: 'get and list',
  notices: 'get and list by an administrator',
  training: 'get and list',
  models: 'get',
  contacts: 'nothing',
  consents: 'nothing',
  clicks: 'nothing',
  externals: 'nothing',
  amzCampaigns: 'nothing',
  manifests: 'nothing',
  syncs: 'nothing',
  syncDigests: 'nothing',
  apiKeys: 'nothing',
  idempotency: 'nothing',
  outbox: 'nothing',
  inbox: 'nothing',
  ledger: 'nothing',
  limits: 'nothing',
}

const pathOf = (kind: Kind): string => `orgs/${ORG}/${documentPath(kind, kind in NESTED ? 'p1/c1' : 'd1')}`
const kinds = Object.keys(COLLECTIONS) as Kind[]

export type Place = { path: string; access: Access }

/** Every place a client could try, with what a member may do there. */
export const PLACES: Place[] = [
  { path: `orgs/${ORG}`, access: 'get' },
  ...kinds.map((kind) => ({ path: pathOf(kind), access: DECISIONS[kind] })),
  ...kinds.map((kind): Place => {
    return { path: `${pathOf(kind)}/audit/00000001`, access: kind in AUDITED ? 'get and list' : 'nothing' }
  }),
  ...[
    `orgs/${ORG}/counters/jobs`,
    `orgs/${ORG}/secrets/s1`,
    `orgs/${ORG}/jobs/d1/contacts/c1`,
    `orgs/${ORG}/jobs/d1/channels/c1`,
    `orgs/${ORG}/jobs/d1/audit/1/audit/1`,
    `orgs/${ORG}/campaigns/p1/contacts/c1`,
    `orgs/${ORG}/campaigns/p1/metrics/m1/audit/1`,
    `orgs/${ORG}/campaigns/p1/channels/c1/secrets/s1`,
    'jobs/d1',
    'control/global',
    'audit/1',
    `users/${ORG}`,
  ].map((path): Place => ({ path, access: 'nothing' })),
]
