import { describe, expect, test } from 'vitest'
import type { Channel, StepRecord } from '#domain/channel.ts'
import { deliveryMark, madeOf, nextMove } from '#domain/next-move.ts'

const record = (key: string, state: StepRecord['state']): StepRecord => ({
  key,
  level: key,
  state,
  externalId: state === 'done' ? `id-${key}` : null,
  attempts: 1,
  sentAt: null,
  doneAt: null,
  applied: state === 'planned' ? null : 'd',
})
const step = (key: string) => ({ key, level: key, name: `${key} ~x`, payload: {}, digest: 'd' })
const money = { minor: 1, currency: 'USD' }

const channel = (
  states: [StepRecord['state'], StepRecord['state']],
  over: Partial<Pick<Channel, 'desired' | 'confirmed' | 'delivered'>> = {},
) => ({
  desired: 'active' as const,
  confirmed: 'unknown' as const,
  plan: { steps: [step('campaign'), step('ad')], targeting: [], mostItCanCost: money, mostOnOneDay: money },
  steps: [record('campaign', states[0]), record('ad', states[1])],
  delivered: 'campaign=d ad=d',
  ...over,
})

describe('the next move of a changed channel', () => {
  const running = channel(['done', 'done'], { confirmed: 'active' })
  const changed = { ...step('ad'), digest: 'other' }

  test('brings what is made to its new form, then has the platform deliver that', () => {
    const plan = { ...running.plan, steps: [step('campaign'), changed] }
    expect(nextMove({ ...running, plan }, false)).toEqual({ kind: 'update', step: changed })
    const applied = {
      ...running,
      plan,
      steps: running.steps.map((s) => (s.key === 'ad' ? { ...s, applied: 'other' } : s)),
    }
    expect(nextMove(applied, false)).toEqual({ kind: 'set', delivery: 'active' })
    expect(nextMove({ ...applied, delivered: deliveryMark(plan.steps) }, false)).toEqual({ kind: 'rest' })
  })

  test('makes what is new before it changes what is there, and removes what is left over last', () => {
    const plan = { ...running.plan, steps: [step('campaign'), changed, step('second-ad')] }
    const steps = [...running.steps, record('old-ad', 'done')]
    expect(nextMove({ ...running, plan, steps: [...steps, record('second-ad', 'planned')] }, false)).toMatchObject({
      kind: 'create',
      step: { key: 'second-ad' },
    })
    expect(nextMove({ ...running, steps }, false)).toMatchObject({ kind: 'remove', record: { key: 'old-ad' } })
  })

  test('stops before anything else when it is not wanted any more, even after an activation without an answer', () => {
    const plan = { ...running.plan, steps: [step('campaign'), changed] }
    for (const confirmed of ['active', 'unknown'] as const)
      expect(nextMove({ ...running, plan, confirmed, desired: 'closed' }, false)).toEqual({
        kind: 'set',
        delivery: 'paused',
      })
  })
})

describe('the next move of a channel', () => {
  test('creates what is missing in the plan’s order', () => {
    expect(nextMove(channel(['planned', 'planned']), false)).toMatchObject({
      kind: 'create',
      step: { key: 'campaign' },
    })
    expect(nextMove(channel(['done', 'planned']), false)).toMatchObject({ kind: 'create', step: { key: 'ad' } })
  })

  test('never repeats a call whose outcome is unknown, not even when the ad is not wanted any more', () => {
    expect(nextMove(channel(['sent', 'planned']), false)).toMatchObject({ kind: 'reconcile' })
    expect(nextMove(channel(['sent', 'planned'], { desired: 'paused' }), false)).toMatchObject({ kind: 'reconcile' })
  })

  test('activates only when everything is made, and once', () => {
    expect(nextMove(channel(['done', 'done'], { confirmed: 'paused' }), false)).toEqual({
      kind: 'set',
      delivery: 'active',
    })
    expect(nextMove(channel(['done', 'done'], { confirmed: 'in_review' }), false)).toEqual({ kind: 'rest' })
    expect(nextMove(channel(['done', 'done'], { confirmed: 'active' }), false)).toEqual({ kind: 'rest' })
  })

  test('a rejected ad is left alone while it is wanted, and switched off when it is not: an appeal would set it going', () => {
    expect(nextMove(channel(['done', 'done'], { confirmed: 'rejected' }), false)).toEqual({ kind: 'rest' })
    const off = { kind: 'set', delivery: 'paused' }
    expect(nextMove(channel(['done', 'done'], { confirmed: 'rejected' }), true)).toEqual(off)
    expect(nextMove(channel(['done', 'done'], { desired: 'paused', confirmed: 'rejected' }), false)).toEqual(off)
  })

  test('an unwanted ad is paused if it may run, and nothing more is created for it', () => {
    expect(nextMove(channel(['done', 'done'], { desired: 'paused', confirmed: 'active' }), false)).toEqual({
      kind: 'set',
      delivery: 'paused',
    })
    expect(nextMove(channel(['done', 'planned'], { desired: 'paused', confirmed: 'paused' }), false)).toEqual({
      kind: 'rest',
    })
  })

  test('a campaign whose last day has passed is paused, whatever is desired', () => {
    expect(nextMove(channel(['done', 'done'], { confirmed: 'active' }), true)).toEqual({
      kind: 'set',
      delivery: 'paused',
    })
  })

  test('what the platform rejected or removed is left alone', () => {
    expect(nextMove(channel(['done', 'done'], { confirmed: 'rejected' }), false)).toEqual({ kind: 'rest' })
    expect(nextMove(channel(['done', 'done'], { confirmed: 'gone' }), false)).toEqual({ kind: 'rest' })
  })

  test('the ids made so far are known by step', () => {
    expect(madeOf(channel(['done', 'sent']).steps)).toEqual({ campaign: 'id-campaign' })
  })
})
