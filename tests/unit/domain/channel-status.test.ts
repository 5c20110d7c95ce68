import { describe, expect, test } from 'vitest'
import { assertMove, canResume, deriveStatus } from '#domain/campaign-status.ts'
import type { Channel, Confirmed, Desired, StepRecord } from '#domain/channel.ts'
import { channelStatus } from '#domain/channel-status.ts'

const money = { minor: 1, currency: 'USD' }
const dates = { startsOn: '2026-11-01', endsOn: '2026-11-30' }
const TODAY = '2026-11-20'

function channel(desired: Desired, confirmed: Confirmed, state: StepRecord['state'] = 'done') {
  return {
    desired,
    confirmed,
    because: { code: 'job_closed', message: 'JOB-0001' },
    plan: {
      steps: [{ key: 'campaign', level: 'campaign', name: 'x', payload: {}, digest: 'd' }],
      targeting: [],
      mostItCanCost: money,
      mostOnOneDay: money,
    },
    steps: [
      {
        key: 'campaign',
        level: 'campaign',
        state,
        externalId: state === 'done' ? '1' : null,
        applied: 'd',
        attempts: 0,
        sentAt: null,
        doneAt: null,
      },
    ],
  }
}
const status = (c: ReturnType<typeof channel>, today = TODAY) =>
  channelStatus(c, dates, today, 'what the platform said').status

describe('a channel’s status', () => {
  test('is ACTIVE only when the platform confirmed it', () => {
    for (const confirmed of ['unknown', 'paused', 'in_review', 'rejected', 'gone'] as const)
      expect(status(channel('active', confirmed)), confirmed).not.toBe('ACTIVE')
    expect(status(channel('active', 'active'))).toBe('ACTIVE')
  })

  test('tells review, rejection and removal apart, with the platform’s sentence', () => {
    expect(channelStatus(channel('active', 'in_review'), dates, TODAY, null).reason?.code).toBe('in_review')
    expect(channelStatus(channel('active', 'rejected'), dates, TODAY, 'no such claims')).toEqual({
      status: 'REJECTED',
      reason: { code: 'rejected', message: 'no such claims' },
    })
    expect(status(channel('active', 'gone'))).toBe('FAILED')
  })

  test('is DRAINING while a pause is under way, and PAUSED only when the platform confirmed it', () => {
    expect(status(channel('paused', 'active'))).toBe('DRAINING')
    expect(channelStatus(channel('paused', 'paused'), dates, TODAY, null)).toEqual({
      status: 'PAUSED',
      reason: { code: 'job_closed', message: 'JOB-0001' },
    })
  })

  test('waits for its first day and is COMPLETED after its last', () => {
    expect(status(channel('active', 'active'), '2026-10-31')).toBe('SCHEDULED')
    expect(status(channel('active', 'paused'), '2026-12-01')).toBe('COMPLETED')
    expect(status(channel('active', 'active'), '2026-12-01')).not.toBe('COMPLETED')
  })

  test('is PENDING before anything was sent and PROCESSING while objects are made', () => {
    expect(status(channel('active', 'unknown', 'planned'))).toBe('PENDING')
    expect(status(channel('active', 'unknown', 'sent'))).toBe('PROCESSING')
  })
})

describe('a campaign’s status', () => {
  const of = (...statuses: Channel['status'][]) =>
    deriveStatus(statuses.map((s) => ({ status: s, reason: { code: s, message: null }, desired: 'active' as const })))

  test('is ACTIVE when all channels are, PARTIAL when some are, and never better than its channels', () => {
    expect(of('ACTIVE', 'ACTIVE').status).toBe('ACTIVE')
    expect(of('ACTIVE', 'FAILED')).toEqual({ status: 'PARTIAL', reason: { code: 'FAILED', message: null } })
    expect(of('PAUSED', 'FAILED').status).toBe('FAILED')
    expect(of('DRAINING', 'PAUSED').status).toBe('DRAINING')
    expect(of().status).toBe('DRAFT')
  })

  test('an illegal move is a conflict that names the status and what would be possible', () => {
    expect(() => assertMove('publish', 'ACTIVE', 'CMP-0001')).toThrow(/CMP-0001 is ACTIVE/)
    expect(() => assertMove('resume', 'PAUSED', 'CMP-0001')).not.toThrow()
    expect(() => assertMove('pause', 'DRAFT', 'CMP-0001')).toThrow(expect.objectContaining({ code: 'illegal_state' }))
  })

  test('lets it be resumed where resuming would set something going', () => {
    const one = (status: Channel['status'], code: string, desired: 'active' | 'paused' = 'active') => ({
      ...{ status, desired },
      reason: { code, message: null },
    })
    const [running, paused] = [one('ACTIVE', 'x'), one('PAUSED', 'paused_on_platform', 'paused')]
    expect(canResume('PARTIAL', [running, paused])).toBe(true)
    expect(canResume('PARTIAL', [running, one('FAILED', 'auth')])).toBe(true)
    for (const stuck of [one('FAILED', 'refusal'), one('REJECTED', 'rejected'), one('PROCESSING', 'in_review')])
      expect(canResume('PARTIAL', [running, stuck])).toBe(false)
    expect(canResume('FAILED', [paused, one('FAILED', 'removed_on_platform')])).toBe(true)
    expect(canResume('FAILED', [one('FAILED', 'auth')])).toBe(false)
    expect(canResume('PAUSED', [paused])).toBe(true)
    expect(canResume('ACTIVE', [running])).toBe(false)
  })
})
