import type { Campaign, CampaignStatus, Reason } from './campaign.ts'
import type { Channel } from './channel.ts'
import { KILLED_BY } from './kill-switch.ts'
import { mayRun } from './next-move.ts'
import type { AdDay } from './time.ts'

type ChannelView = Pick<Channel, 'desired' | 'because' | 'confirmed' | 'steps' | 'plan'>

const CREATING: Reason = { code: 'creating', message: null }
const CHANGING: Reason = { code: 'changing', message: null }
const IN_REVIEW: Reason = { code: 'in_review', message: null }

/** A channel's status from what its platform confirmed; `message` is the platform's own sentence of the last answer. */
export function channelStatus(
  channel: ChannelView,
  dates: Pick<Campaign, 'startsOn' | 'endsOn'>,
  today: AdDay,
  message: string | null,
): { status: CampaignStatus; reason: Reason | null } {
  const { desired, because, confirmed } = channel
  const over = today > dates.endsOn
  const recordOf = (key: string) => channel.steps.find((s) => s.key === key)
  const made = channel.plan.steps.every((step) => recordOf(step.key)?.state === 'done')
  const changed = made && channel.plan.steps.every((step) => recordOf(step.key)?.applied === step.digest)
  const stopped = !mayRun(channel)

  if (confirmed === 'gone') return { status: 'FAILED', reason: { code: 'removed_on_platform', message } }
  if (confirmed === 'rejected' && desired === 'active')
    return { status: 'REJECTED', reason: { code: 'rejected', message } }
  if (over && stopped) return { status: 'COMPLETED', reason: { code: 'ended', message: null } }
  if (desired === 'closed') return { status: stopped ? 'ARCHIVED' : 'DRAINING', reason: because }
  const paused = because.code === KILLED_BY ? 'KILLED' : 'PAUSED'
  if (desired === 'paused') return { status: stopped ? paused : 'DRAINING', reason: because }
  if (!made && confirmed !== 'active' && confirmed !== 'in_review') {
    const begun = channel.steps.some((s) => s.state !== 'planned')
    return begun ? { status: 'PROCESSING', reason: CREATING } : { status: 'PENDING', reason: null }
  }
  if (confirmed === 'active')
    return today < dates.startsOn
      ? { status: 'SCHEDULED', reason: { code: 'starts_later', message: dates.startsOn } }
      : { status: 'ACTIVE', reason: changed ? null : CHANGING }
  if (confirmed === 'in_review') return { status: 'PROCESSING', reason: IN_REVIEW }
  return { status: 'PROCESSING', reason: { code: 'activating', message: null } }
}
