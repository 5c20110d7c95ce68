import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import type { AuditEntry } from '#domain/machinery.ts'
import { adDay } from '#domain/time.ts'
import { hashOf } from '#functions/lib/hash.ts'
import type { Books, PlatformObject } from './books.ts'
import { checkShares, checkSpend } from './check-spend.ts'
import type { Changed, Disk, Row } from './firestore/disk.ts'
import { isStopped } from './switch-watch.ts'

/** All that a checker may look at. */
export interface Evidence {
  disk: Disk
  books: (platform: string) => Books | undefined
  /** Whatever left the product: tasks, events, log lines. */
  captured: () => readonly string[]
  canaries: readonly string[]
}

export type Breach = (what: string) => void

const channelAt = (path: string): boolean => /^orgs\/[^/]+\/campaigns\/[^/]+\/channels\/[^/]+$/.test(path)
const campaignAt = (path: string): boolean => /^orgs\/[^/]+\/campaigns\/[^/]+$/.test(path)

const isMade = (channel: Channel): boolean => channel.steps.every((step) => step.state === 'done')
const keptCampaign = (channel: Channel): string | null =>
  channel.steps.find((step) => step.key === 'campaign')?.externalId ?? null

/** Campaigns on the platform that carry the channel's name, removed ones too. */
function campaignsOf(channel: Channel, books: Books): PlatformObject[] {
  const name = channel.plan.steps.find((step) => step.level === 'campaign')?.name
  return books.objects.filter((object) => object.level === 'campaign' && object.name === name)
}

/** What must hold at every commit. */
export function checkCommit(changes: readonly Changed[], evidence: Evidence, breach: Breach): void {
  const { books, disk } = evidence
  checkSpend(evidence, breach)
  for (const { path, before, after } of changes) {
    if (channelAt(path) && after) checkChannelWrite(before as Channel | undefined, after as Channel, books, breach)
    if (campaignAt(path) && after && after.status === 'ACTIVE') {
      const { id, platforms } = after as Campaign
      const statuses = platforms.map((platform) => disk.read(`${path}/channels/${platform}`)?.data.status)
      if (statuses.some((status) => status !== 'ACTIVE'))
        breach(`status: campaign ${id} is called ACTIVE while its channels are ${statuses.join()}`)
    }
  }
}

function checkChannelWrite(
  before: Channel | undefined,
  after: Channel,
  booksOf: Evidence['books'],
  breach: Breach,
): void {
  const books = booksOf(after.platform)
  if (!books) return
  const kept = keptCampaign(after)
  const said = (what: Set<string>): boolean => kept !== null && what.has(kept)
  if (['ACTIVE', 'SCHEDULED'].includes(after.status) && !said(books.saidActive))
    breach(`status: ${after.id} is called ${after.status}, which ${after.platform} never confirmed`)
  if (after.status === 'PAUSED' && isMade(after) && after.confirmed === 'paused' && !said(books.saidPaused))
    breach(`status: ${after.id} is called PAUSED, which ${after.platform} never confirmed`)
  if (before && after.lease.fence < before.lease.fence) breach(`lease: the fence of ${after.id} went back`)
  for (const step of before?.steps ?? []) {
    const now = after.steps.find(({ key }) => key === step.key)
    if (step.externalId && now && now.externalId !== step.externalId)
      breach(`journal: ${after.id} exchanged ${step.key} ${step.externalId} for ${now.externalId}`)
  }
  const campaigns = campaignsOf(after, books)
  const delivering = campaigns.filter((object) => object.delivery === 'active' && !object.removed)
  if (delivering.length > 0 && !isMade(after)) breach(`I1: ${after.id} delivers before it is made whole`)
  const ever = campaigns.filter((object) => object.everActive)
  if (ever.length > 1) breach(`I1: ${ever.length} campaigns of ${after.id} have been active`)
}

const documents = <T>(disk: Disk, collection: string): T[] => [...disk.group(collection)].map((row) => row.data as T)

/** Which channels still have something to do; empty = the system has come to rest. */
export function restless(disk: Disk, now: number): string[] {
  return [
    ...documents<Channel>(disk, 'channels').flatMap((channel) => {
      if (channel.lease.owner && Date.parse(channel.lease.until) > now) return [`${channel.id} is held`]
      if (channel.wakeAt && Date.parse(channel.wakeAt) <= now + 600_000) return [`${channel.id} waits to be driven`]
      if (channel.strayCheckAt) return [`${channel.id} waits to be looked at`]
      return []
    }),
    ...documents<{ id: string }>(disk, 'outbox').map(({ id }) => `the event ${id} is in the outbox`),
    ...documents<{ id: string; state: string }>(disk, 'deadLetters').flatMap(({ id, state }) =>
      state === 'open' ? [`${id} is given up and nobody redrives it`] : [],
    ),
  ]
}

/** What must hold when all is quiet. */
export function checkInvariants(evidence: Evidence, now: number, breach: Breach): void {
  const { disk } = evidence
  for (const what of restless(disk, now)) breach(`I6: ${what}`)
  for (const channel of documents<Channel>(disk, 'channels')) checkTruth(channel, evidence, now, breach)
  checkJobs(disk, breach)
  checkShares(evidence, breach)
  checkAudit(disk, breach)
  for (const text of evidence.captured())
    for (const canary of evidence.canaries)
      if (text.includes(canary)) breach(`I8: ${canary} left the product in ${text.slice(0, 120)}`)
}

/** I1, I9: the platform's truth is what is desired, whatever was delivered how often and in which order. */
function checkTruth(channel: Channel, { books: booksOf, disk }: Evidence, now: number, breach: Breach): void {
  const books = booksOf(channel.platform)
  const campaign = disk.read(`orgs/andes/campaigns/${channel.campaignId}`)?.data as Campaign | undefined
  if (!books || !campaign) return
  const kept = keptCampaign(channel)
  const journal = new Set(channel.steps.map((step) => step.externalId))
  for (const { name } of channel.plan.steps)
    for (const object of books.named(name ?? ''))
      if (!journal.has(object.id)) breach(`I1: ${object.level} ${object.id} of ${channel.id} is in no journal`)
  for (const { key, externalId } of channel.steps)
    if (externalId && books.byId(externalId)?.removed) breach(`I1: ${key} ${externalId} of ${channel.id} was removed`)

  const over = adDay(new Date(now), channel.timeZone) > campaign.endsOn
  const wanted = channel.desired === 'active' && !over
  const truth = books.byId(kept ?? undefined)
  const delivers = truth !== undefined && !truth.removed && truth.delivery === 'active'
  if (!wanted && delivers) breach(`I1: ${channel.id} delivers though it shall not (${channel.status})`)
  if (delivers && isStopped(disk)) breach(`switch: ${channel.id} delivers though everything is stopped`)
  if (wanted && !delivers && channel.status !== 'FAILED')
    breach(`I1: ${channel.id} does not deliver (${channel.status})`)
  const expected = !wanted
    ? ['PAUSED', 'KILLED', 'COMPLETED', 'REJECTED']
    : truth?.rejected
      ? ['REJECTED']
      : ['ACTIVE', 'SCHEDULED']
  if (!expected.includes(channel.status)) breach(`I9: ${channel.id} is ${channel.status}, not ${expected.join(' or ')}`)
}

/** A closed opening costs nothing. */
function checkJobs(disk: Disk, breach: Breach): void {
  for (const campaign of documents<Campaign>(disk, 'campaigns')) {
    const job = disk.read(`orgs/andes/jobs/${campaign.jobId}`)?.data
    if (job?.status !== 'closed') continue
    for (const channel of documents<Channel>(disk, 'channels'))
      if (channel.campaignId === campaign.id && channel.desired === 'active' && channel.status !== 'COMPLETED')
        breach(`I1: ${channel.id} is desired active (${channel.status}) for a job that is closed`)
  }
}

/** I5: one entry per change, each the child of the one before, and the entity shows the head. */
function checkAudit(disk: Disk, breach: Breach): void {
  const entity = (row: Row): string => row.path.replace(/\/audit\/[^/]+$/, '')
  for (const [path, rows] of Map.groupBy(disk.group('audit'), entity)) {
    const entries = rows.map((row) => row.data as AuditEntry).sort((a, b) => a.seq - b.seq)
    let previous = ''
    for (const [i, { hash, ...entry }] of entries.entries()) {
      if (entry.seq !== i + 1) breach(`I5: ${path} has a gap or a fork at entry ${i + 1}`)
      if (entry.previous !== previous) breach(`I5: entry ${entry.seq} of ${path} is no child of the one before`)
      if (hashOf(entry) !== hash) breach(`I5: entry ${entry.seq} of ${path} does not hash to what it says`)
      previous = hash
    }
    const head = disk.read(path)?.data
    if (head?.version !== entries.length || head.auditHash !== previous)
      breach(`I5: ${path} is not at its chain's head`)
  }
}
