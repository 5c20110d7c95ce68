import { system } from '#domain/actor.ts'
import type { CampaignStatus } from '#domain/campaign.ts'
import { KILLED_BY } from '#domain/kill-switch.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
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
const AT_ONCE = 10

type Needs = Pick<Ports, 'store' | 'tasks' | 'clock'>

/** Pauses everything of an organisation whose switch is on; returns how many campaigns it looked at. Done twice, it does nothing more. */
export async function haltCampaigns(ports: Needs, org: string, cause: Cause): Promise<number> {
  let seen = 0
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof running>> = await running(ports, org, cursor)
    for (let i = 0; i < page.items.length; i += AT_ONCE)
      await Promise.all(page.items.slice(i, i + AT_ONCE).map(({ id }) => halt(ports, org, cause, id)))
    seen += page.items.length
    cursor = page.next
  } while (cursor)
  return seen
}

const running = ({ store }: Needs, org: string, cursor: string | null) =>
  store.list(org, 'campaigns', { where: { status: MAY_RUN }, limit: PAGE, ...(cursor && { cursor }) })

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
    seen += await haltCampaigns(ports, id, { actor: system('sweep'), correlationId })
  }
  return seen
}
