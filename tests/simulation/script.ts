import type { PLATFORMS } from '#domain/ids.ts'
import { createCampaign } from '#functions/capabilities/campaigns/create-campaign.ts'
import { editCampaign } from '#functions/capabilities/campaigns/edit-campaign.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { closeReconnection } from '#functions/capabilities/campaigns/reconnection.ts'
import { redriveChannel } from '#functions/capabilities/campaigns/redrive.ts'
import { redriveRefused } from '#functions/capabilities/campaigns/redrive-refused.ts'
import { pauseCampaign, resumeCampaign } from '#functions/capabilities/campaigns/steer.ts'
import { checkConnection } from '#functions/capabilities/connections/connect.ts'
import { flipSwitch } from '#functions/capabilities/control/flip-switch.ts'
import { closeJob } from '#functions/capabilities/jobs/close-job.ts'
import { changeOrganisation } from '#functions/capabilities/organisation/change-organisation.ts'
import { CAUSE } from '#tests/support/world.ts'
import type { simulatedCloud, WorkerPorts } from './cloud.ts'
import type { Disk } from './firestore/disk.ts'
import { ORG, openJob, RUNNING, TODAY } from './organisation.ts'
import type { SimulatedPlatform } from './platform.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

type Cloud = ReturnType<typeof simulatedCloud>
type Platform = (typeof PLATFORMS)[number]

export interface Script {
  /** Some draws are for the story, not for the weather. */
  random: Random
  time: Timeline
  cloud: Cloud
  accounts: Record<(typeof PLATFORMS_SIMULATED)[number], SimulatedPlatform>
  disk: Disk
}

export const PLATFORMS_SIMULATED = ['meta', 'google-ads'] as const satisfies Platform[]
const CAMPAIGNS = 3
const BUDGETS = ['10.00', '20.00', '30.00', '40.00']
/** Three campaigns seldom fit under one of these. */
const CAPS = ['50.00', '80.00', '120.00']
export const STORM_MS = 900_000
const OPERATOR_MS = 120_000

async function draft(
  { cloud }: Script,
  id: string,
  platforms: Platform[],
  terms: { start?: string; end: string },
  amount = '20.00',
) {
  const { store } = cloud.plain()
  await openJob(store, id)
  const ports = {
    store,
    clock: { now: () => new Date(`${TODAY}T20:00:00.000Z`) },
    copywriter: { write: async () => null },
  }
  return createCampaign(ports, ORG, CAUSE, {
    ...{ job: id, platforms, dailyBudget: { amount, currency: 'USD' }, ...terms },
  })
}

/** Publish and nothing else: what the crash matrix is run over. */
export async function happyPublish(script: Script, platform: Platform): Promise<void> {
  const { ref } = await draft(script, 'job_1', [platform], { end: '2026-12-20' })
  script.cloud.act('publish', (ports) => publishCampaign(ports, ORG, CAUSE, ref))
  operate(script)
}

/** Three campaigns, each with a life of its own: paused, resumed, its job closed, its last day over, given up and redriven. */
export async function randomLives(script: Script): Promise<void> {
  const { random, time, cloud } = script
  for (let i = 1; i <= CAMPAIGNS; i++) {
    const platforms = random.pick<Platform[]>([['meta'], ['google-ads'], ['meta', 'google-ads']])
    const job = `job_${i}`
    const dates = random.pick([
      { end: '2026-12-20' },
      { end: '2026-12-20' },
      { end: '2026-12-20' },
      { end: TODAY },
      { start: '2026-11-20', end: '2026-12-20' },
    ])
    const { ref } = await draft(script, job, platforms, dates, random.pick(BUDGETS))
    const later = (from: number, what: () => void): void => time.after(random.between(from, STORM_MS), what)
    time.after(random.between(0, 30_000), () =>
      cloud.act('publish', (ports) => publishCampaign(ports, ORG, CAUSE, ref)),
    )
    for (let moves = Math.floor(random.between(0, 4)); moves > 0; moves--) {
      const verb = random.pick([pauseCampaign, resumeCampaign])
      later(40_000, () => cloud.act('steer', (ports) => verb(ports, ORG, CAUSE, ref)))
    }
    for (let edits = Math.floor(random.between(0, 3)); edits > 0; edits--)
      later(60_000, () => cloud.act('edit', (ports) => amend(ports, ref, random.pick(BUDGETS))))
    if (random.chance(0.3)) later(30_000, () => cloud.act('close-job', (ports) => closeJob(ports, ORG, CAUSE, job)))
    if (random.chance(0.3))
      later(300_000, () => cloud.act('publish', (ports) => publishCampaign(ports, ORG, CAUSE, ref)))
  }
  if (random.chance(0.7)) setCaps(script)
  if (random.chance(0.4)) stopSomeTime(script)
  operate(script)
}

/** A changed budget, and its publication. */
async function amend(ports: WorkerPorts, ref: string, amount: string): Promise<void> {
  await editCampaign(ports, ORG, CAUSE, ref, { dailyBudget: { amount, currency: 'USD' } })
  await publishCampaign(ports, ORG, CAUSE, ref)
}

/** An administrator sets a daily cap at the beginning, and others later: one below what is reserved is refused. */
function setCaps({ random, time, cloud }: Script): void {
  for (const at of [0, random.between(60_000, STORM_MS), random.between(60_000, STORM_MS)]) {
    const amount = random.pick(CAPS)
    time.after(at, () =>
      cloud.act('cap', (ports) => changeOrganisation(ports, ORG, CAUSE, { dailyCap: { amount, currency: 'USD' } })),
    )
  }
}

/** Lives in which everything is stopped while most of it is being made. */
export async function stoppedSoon(script: Script): Promise<void> {
  await randomLives(script)
  const { random, time, cloud } = script
  time.after(random.between(2000, 90_000), () =>
    cloud.act('flip', (ports) => flipSwitch(ports, ORG, CAUSE, { state: 'stopped', why: 'Somebody says so' })),
  )
}

/** What runs is changed, and at that moment everything is stopped without a word: the sweep alone will notice. */
export async function changedAndStopped(script: Script): Promise<void> {
  const { ref } = await draft(script, 'job_1', [...PLATFORMS_SIMULATED], { end: '2026-12-20' })
  const { random, time, cloud } = script
  cloud.act('publish', (ports) => publishCampaign(ports, ORG, CAUSE, ref))
  const at = random.between(400_000, 500_000)
  time.after(at, () => cloud.act('edit', (ports) => amend(ports, ref, '30.00')))
  operate(script)
  time.after(at + random.between(2000, 40_000), () => void cloud.plain().database.doc('control/global').delete())
}

/** Campaigns that are paused and resumed again and again: now and then while they are being set going. */
export async function pausedSoon(script: Script): Promise<void> {
  const { random, time, cloud } = script
  for (const job of ['job_1', 'job_2']) {
    const { ref } = await draft(script, job, [...PLATFORMS_SIMULATED], { end: '2026-12-20' })
    cloud.act('publish', (ports) => publishCampaign(ports, ORG, CAUSE, ref))
    for (let at = 30_000; at < STORM_MS; at += random.between(5000, 40_000)) {
      const verb = random.pick([pauseCampaign, resumeCampaign])
      time.after(at, () => cloud.act('steer', (ports) => verb(ports, ORG, CAUSE, ref)))
    }
  }
  operate(script)
}

/** Somebody stops everything, by the organisation's switch or by taking the installation's away; later most release it. */
function stopSomeTime({ random, time, cloud }: Script): void {
  const at = random.between(40_000, STORM_MS - 200_000)
  const ends = random.chance(0.7) ? at + random.between(60_000, 400_000) : null
  if (random.chance(0.25)) {
    const above = cloud.plain().database.doc('control/global')
    time.after(at, () => void above.delete())
    if (ends) time.after(ends, () => void above.set(RUNNING))
    return
  }
  const flip = (state: 'stopped' | 'running') => () =>
    cloud.act('flip', (ports) => flipSwitch(ports, ORG, CAUSE, { state, why: 'Somebody says so' }))
  time.after(at, flip('stopped'))
  if (ends) time.after(ends, flip('running'))
}

async function checkAccount(ports: WorkerPorts, platform: Platform): Promise<void> {
  const { status } = await checkConnection(ports, ORG, CAUSE, platform)
  if (status !== 'ok') return
  await closeReconnection(ports, ORG, CAUSE, platform)
  await redriveRefused(ports, ORG, CAUSE, platform)
}

/** Somebody looks every two minutes at what was given up, and has it tried again; an account that refuses its token is checked. */
function operate(script: Script): void {
  const { time, cloud, disk } = script
  time.after(OPERATOR_MS, () => {
    for (const { data } of disk.group('deadLetters'))
      if (data.state === 'open' && data.kind === 'publish')
        cloud.act('redrive', (ports) => redriveChannel(ports, ORG, CAUSE, String(data.id)))
    for (const { data } of disk.group('limits'))
      if (data.authSince) {
        const platform = PLATFORMS_SIMULATED.find((key) => String(data.id).startsWith(key)) ?? 'meta'
        cloud.act('check', (ports) => checkAccount(ports, platform))
      }
    operate(script)
  })
}
