import type { CampaignStatus, Reason } from '#domain/campaign.ts'
import { deriveStatus } from '#domain/campaign-status.ts'
import type { Cli } from './cli.ts'
import { Failure } from './failure.ts'

const FIRST_MS = 400
const LONGEST_MS = 3000

export interface CampaignState {
  ref: string
  status: CampaignStatus
  reason: Reason | null
  channels: readonly ChannelState[]
}

export interface ChannelState {
  platform: string
  status: CampaignStatus
  reason: Reason | null
  desired: 'active' | 'paused' | 'closed'
}

export type Move = 'publish' | 'pause' | 'resume' | 'close'

/** Asks again and again, ever more slowly, until `settled` says so. Throws Failure with `late` when the time is over. */
export async function poll<T>(
  cli: Cli,
  seconds: number,
  ask: () => Promise<T>,
  settled: (answer: T) => boolean,
  late: (answer: T) => Failure,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000
  for (let wait = FIRST_MS; ; wait = Math.min(wait * 1.5, LONGEST_MS)) {
    const answer = await ask()
    if (settled(answer)) return answer
    const left = deadline - performance.now()
    if (left <= 0) throw late(answer)
    await cli.io.pause(Math.min(wait, left))
  }
}

const STOPS: readonly Move[] = ['pause', 'close']

/**
 * What a move ends at. A channel that is wanted otherwise by now has settled too: somebody else decided. A campaign whose status does
 * not follow from its channels is about to change.
 */
export function hasSettled(move: Move, { status, reason, channels }: CampaignState): boolean {
  if (channels.length === 0) return isFinal(move, { status, reason })
  return deriveStatus(channels).status === status && channels.every((channel) => isFinal(move, channel))
}

function isFinal(move: Move, { status, reason }: Pick<ChannelState, 'status' | 'reason'>): boolean {
  switch (status) {
    case 'REJECTED':
    case 'FAILED':
    case 'COMPLETED':
    case 'ARCHIVED':
      return true
    case 'PAUSED':
    case 'KILLED':
      return move !== 'close'
    case 'ACTIVE':
    case 'SCHEDULED':
      return !STOPS.includes(move) && reason?.code !== 'changing'
    case 'PROCESSING':
      return !STOPS.includes(move) && reason?.code === 'in_review'
    default:
      return false
  }
}

/** Throws Failure where a move ended at something else than what was asked for. */
export function demandSuccess(move: Move, { ref, status, reason, channels }: CampaignState): void {
  const broken = [...channels, { status, reason, platform: '' }].find(
    (c) => c.status === 'REJECTED' || c.status === 'FAILED',
  )
  if (broken)
    throw new Failure(
      `${ref} is ${broken.status}${broken.platform ? ` on ${broken.platform}` : ''}: ${reasonText(broken.reason) || 'no reason was given'}`,
      { remedy: 'See "adflux campaigns view" and "adflux tasks list"' },
    )
  if (!STOPS.includes(move) && status === 'KILLED')
    throw new Failure(`${ref} was stopped by the kill switch`, {
      remedy: 'See "adflux kill-switch status"; resume it once the switch is released.',
    })
  if (!STOPS.includes(move) && status === 'PAUSED')
    throw new Failure(`${ref} was paused meanwhile${reason ? `: ${reasonText(reason)}` : ''}`)
}

/** The platform's or our sentence; else the word for machines, readable. */
export const reasonText = (reason: Reason | null | undefined): string =>
  reason ? (reason.message ?? reason.code.replaceAll('_', ' ')) : ''

export const statusText = ({ status, reason }: { status: string; reason: Reason | null }): string =>
  reason ? `${status} (${reason.code}${reason.message ? `: ${reason.message}` : ''})` : status
