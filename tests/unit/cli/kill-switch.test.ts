import { expect, test } from 'vitest'
import { adflux } from './adflux.ts'
import { sends, taughtApi } from './taught-api.ts'

const STATE = { state: 'stopped', by: 'user:ana', at: '2026-11-20T12:00:00.000Z', why: 'Wrong budgets' }
const VIEW = { running: false, installation: { ...STATE, state: 'running' }, organisation: STATE }
const TEXT = '1,000 campaigns (3,000 channels): paused within 46 s; the bound is our queue for Meta, 80 pauses at once'
const PAUSING = { campaigns: 1000, channels: 3000, seconds: 46, by: 'queue', platform: 'meta', text: TEXT }
const STOP = ['kill-switch', 'stop', '--why', 'Wrong budgets']
const ROUTE = 'POST /v1/kill-switch'

test('a stop says within which time everything stands still, and what that depends on', async () => {
  const api = await taughtApi({ [ROUTE]: () => ({ status: 202, body: { ...VIEW, pausing: PAUSING } }) })
  const { stdout, code } = await adflux(STOP, { env: api.env })
  expect(code).toBe(0)
  expect(stdout).toContain(`Stopped. Every running campaign is being paused.\n${TEXT}\n`)
})

test('where that could not be counted it says the rest', async () => {
  const api = await taughtApi({ [ROUTE]: () => ({ status: 202, body: { ...VIEW, pausing: null } }) })
  const { stdout } = await adflux(STOP, { env: api.env })
  expect(stdout).toMatch(/^Stopped\. Every running campaign is being paused\.\n\nadvertising/)
})

test('with --json it is the API’s own document', async () => {
  const { document, sent } = await sends(STOP, ROUTE, () => ({ status: 202, body: { ...VIEW, pausing: PAUSING } }))
  expect(document).toMatchObject({ pausing: PAUSING })
  expect(sent?.body).toEqual({ state: 'stopped', why: 'Wrong budgets' })
})
