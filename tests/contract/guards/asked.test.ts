import { beforeEach, expect, test } from 'vitest'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { answerCall } from '#functions/capabilities/platform-calls/answer-call.ts'
import { type GuardedWorld, guardedWorld, ORG } from '#tests/support/guarded-world.ts'

/** What becomes of a call that one function asks another to make. */

const SENT = Date.parse('2026-11-20T15:00:00.000Z')
const STEP = { key: 'campaign', level: 'campaign', name: 'n ~x', payload: {}, digest: 'd' }
const MADE = { campaign: 'ext_1' }

let world: GuardedWorld
beforeEach(async () => {
  world = await guardedWorld()
})

type Asked = Parameters<typeof answerCall>[1]
const answer = async (call: Asked['call'], { urgent = false, late = 0 } = {}) => {
  const startBy = new Date(SENT + 8000).toISOString()
  const asked = { org: ORG, connection: await world.connection(), urgent, startBy, call }
  return answerCall({ platforms: world.newProcess() }, asked, () => SENT + 8000 + late)
}

test('what changes something is not begun once whoever asked has given up; what only looks, is', async () => {
  const changes: Asked['call'][] = [
    { method: 'create', step: STEP, made: {} },
    { method: 'update', step: STEP, made: MADE },
    { method: 'set', made: MADE, delivery: 'active' },
    { method: 'set', made: MADE, delivery: 'paused' },
    { method: 'remove', level: 'campaign', id: 'ext_1' },
  ]
  for (const call of changes) expect(await answer(call, { late: 1 })).toMatchObject({ failure: { kind: 'transient' } })
  expect(world.calls).toEqual([])
  expect(await answer({ method: 'state', made: MADE }, { late: 1 })).toEqual({
    answer: { confirmed: 'gone', message: null },
  })
  for (const call of changes) expect(await answer(call)).toHaveProperty('answer')
})

test('a failure is told whole', async () => {
  const details = { code: '100/1', userMessage: 'Your budget is too low' }
  world.weather.failure = new PlatformFailure('refusal', 'create: 100/1', details)
  expect(await answer({ method: 'create', step: STEP, made: {} })).toEqual({
    failure: { kind: 'refusal', message: 'create: 100/1', details },
  })
})

test('what confirms a pause waits for nothing, whoever makes the call', async () => {
  world.weather.failure = new PlatformFailure('throttled', 'too many calls', { retryAfterSeconds: 300 })
  await answer({ method: 'check' })
  await answer({ method: 'stopped' })
  world.weather.failure = null
  const look: Asked['call'] = { method: 'state', made: MADE }
  expect(await answer(look)).toMatchObject({ failure: { details: { heldBy: 'rate_limit' } } })
  expect(await answer({ method: 'set', made: MADE, delivery: 'paused' })).toEqual({ answer: null })
  expect(await answer(look, { urgent: true })).toMatchObject({ answer: { confirmed: 'paused' } })
})
