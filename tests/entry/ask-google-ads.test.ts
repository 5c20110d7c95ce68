import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { accountOf, invokerOf } from '#functions/lib/caller.ts'
import { asking } from '#tests/support/asking.ts'
import { connectionTo } from '#tests/support/subjects/subject.ts'

const CONNECTION = connectionTo({
  ...{ platform: 'google-ads', accountId: '7000000000', accountName: 'Andes', currency: 'USD' },
  ...{ timeZone: 'America/Bogota', settings: {} },
})

let world: Awaited<ReturnType<typeof asking>>
beforeAll(async () => {
  world = await asking()
  const part = 'nobody’s'
  const credentials = { developerToken: part, clientId: part, clientSecret: part, refreshToken: part }
  await world.secrets.set('ads', JSON.stringify(credentials))
})
afterAll(() => world.stop())

const asked = (changes: object = {}) => ({
  ...{ org: 'andes', connection: CONNECTION, urgent: false, startBy: '2099-01-01T00:00:00.000Z' },
  ...{ call: { method: 'check' }, ...changes },
})

async function ask(account: string | null, body: string = JSON.stringify(asked()), name = 'ask-google-ads') {
  const audience = `${world.env.functionsUrl}/${name}`
  const token = account && (await world.signer.identityToken({ serviceAccountEmail: account, audience }))
  const answer = await fetch(`${world.env.functionsUrl}/ask-google-ads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body,
  })
  return { status: answer.status, body: await answer.json() }
}
const api = () => accountOf(world.project, 'api')

describe('the door', () => {
  test('is shut without a token', async () => expect((await ask(null)).status).toBe(401))

  test.each([
    ['a function that does not ask', () => accountOf(world.project, 'publish-meta')],
    ['Cloud Tasks and Pub/Sub', () => invokerOf(world.project)],
    ['a function of another installation', () => accountOf('elsewhere', 'api')],
  ])('is shut for %s', async (_, account) => expect((await ask(account())).status).toBe(401))

  test('is shut for a token that was made for another function', async () =>
    expect((await ask(api(), JSON.stringify(asked()), 'sync-metrics')).status).toBe(401))

  test.each(['api', 'sweep'])('is open for %s', async (name) =>
    expect((await ask(accountOf(world.project, name), '{}')).status).toBe(400),
  )
})

describe('a request', () => {
  test.each([
    ['that is not JSON', '{'],
    ['without a call', JSON.stringify(asked({ call: undefined }))],
    ['for a method that the port does not have', JSON.stringify(asked({ call: { method: 'spend' } }))],
    ['without its arguments', JSON.stringify(asked({ call: { method: 'create' } }))],
    ['for a path instead of an organisation', JSON.stringify(asked({ org: '../andes' }))],
  ])('%s is refused with its place named', async (_, body) => {
    expect(await ask(api(), body)).toMatchObject({ status: 400, body: { type: '/problems/invalid' } })
  })

  test('for an account whose secret is gone is answered with what to do', async () => {
    const connection = { ...CONNECTION, secret: 'ads-gone' }
    expect(await ask(api(), JSON.stringify(asked({ connection })))).toEqual({
      status: 200,
      body: { error: { code: 'unavailable', message: 'The secret ads-gone is not there', remedy: 'Save it again.' } },
    })
  })

  test('for what the kill switch holds is answered with who holds it, and nothing is sent', async () => {
    const step = { key: 'campaign', level: 'campaign', name: 'n', payload: {}, digest: 'd' }
    const answer = await ask(api(), JSON.stringify(asked({ call: { method: 'create', step, made: {} } })))
    expect(answer).toMatchObject({
      status: 200,
      body: { failure: { kind: 'throttled', details: { heldBy: 'kill_switch', retryAfterSeconds: 60 } } },
    })
  })
})

test('api asks: the check of a connection tells what was said there', async () => {
  const acme = await world.organisation(['read', 'connections:write'])
  await world.db.doc(`orgs/${acme.org}/connections/google-ads`).set({ ...CONNECTION, secret: 'ads-gone' })
  const sent = vi.spyOn(globalThis, 'fetch')
  const checked = await acme.call('/api/v1/connections/google-ads/check', { method: 'POST' })
  expect(checked.body).toMatchObject({ status: 'failing', lastError: 'The secret ads-gone is not there' })
  const addresses = sent.mock.calls.map(([address]) => String(address))
  sent.mockRestore()
  expect(addresses.filter((each) => each === `${world.env.functionsUrl}/ask-google-ads`)).toHaveLength(1)
})
