import { system } from '#domain/actor.ts'
import type { Campaign, CampaignStatus } from '#domain/campaign.ts'
import { KILLED_BY } from '#domain/kill-switch.ts'
import { HALTS_AT_ONCE } from '#domain/pause-bound.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Page, Query } from '#functions/ports/store.ts'
import { releaseHalted } from './release-halted.ts'
import { steer } from './steer.ts'

/** Wherever a channel may be desired active: a failed or rejected one could run after all. */
const MAY_RUN: CampaignStatus[] = [
  'SCHEDULED',
  'PENDING',
  'PROCESSING',
  'ACTIVE',
  'PARTIAL',
  'DRAINING',
  'FAILED',
  'REJECTED',
]
const PAGE = 100

type Needs = Pick<Ports, 'store' | 'tasks' | 'clock'>

/** Pauses everything of an organisation whose switch is on; returns how many campaigns it looked at. Done twice, it does nothing more. */
export async function haltCampaigns(ports: Needs, org: string, cause: Cause): Promise<number> {
  let seen = 0
  for await (const campaigns of thatMayRun(ports, org)) {
    for (let i = 0; i < campaigns.length; i += HALTS_AT_ONCE)
      await Promise.all(campaigns.slice(i, i + HALTS_AT_ONCE).map(({ id }) => halt(ports, org, cause, id)))
    seen += campaigns.length
  }
  return seen
}

/** What a stop has to pause, page by page. */
export async function* thatMayRun({ store }: Pick<Ports, 'store'>, org: string): AsyncGenerator<Campaign[]> {
  let cursor: string | null = null
  do {
    const query: Query<'campaigns'> = { where: { status: MAY_RUN }, limit: PAGE, ...(cursor && { cursor }) }
    const page: Page<Campaign> = await store.list(org, 'campaigns', query)
    yield page.items
    cursor = page.next
  } while (cursor)
}

/** Looked at again in the transaction: a switch that was released meanwhile stops nothing. */
const halt = (ports: Needs, org: string, cause: Cause, id: string) =>
  steer(ports, org, cause, id, 'paused', { code: KILLED_BY, message: null }, async (tx) => !(await tx.running()))

/** The net under the event: every organisation that is stopped, by its own switch or the installation's, is halted again. */
export async function haltStopped(
  ports: Needs & Pick<Ports, 'census' | 'killSwitch'>,
  correlationId: string,
): Promise<number> {
  let seen = 0
  for (const { id } of await ports.census.orgs()) {
    if ((await ports.killSwitch.view(id)).running) continue
    const cause = { actor: system('sweep'), correlationId }
    seen += await haltCampaigns(ports, id, cause)
    await releaseHalted(ports, id, cause)
  }
  return seen
}
