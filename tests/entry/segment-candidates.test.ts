import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generate } from '#domain/demo/generate.ts'
import { invokerOf } from '#functions/lib/caller.ts'
import { localSigner, startTokens } from '#local/tokens.ts'
import { functions } from './ingest/functions.ts'

let stack: Awaited<ReturnType<typeof functions>>
let acme: Awaited<ReturnType<typeof stack.organisation>>
let tick: (account?: string) => Promise<number>
let stopJwks: () => Promise<void>
beforeAll(async () => {
  stack = await functions(['api', 'segment-candidates'])
  const signer = await localSigner(join(mkdtempSync(join(tmpdir(), 'adflux-segment-')), 'key.json'))
  const jwks = await startTokens({ port: 0, signer })
  stopJwks = () => jwks.stop()
  // Read at the first call of a function, and there was none so far.
  process.env.ADFLUX_JWKS_URL = jwks.url
  acme = await stack.organisation(['read', 'candidates:write', 'models:train'])
  const project = process.env.GOOGLE_CLOUD_PROJECT ?? ''
  tick = async (account = invokerOf(project)) => {
    const audience = `${process.env.ADFLUX_FUNCTIONS_URL}/segment-candidates`
    const token = await signer.identityToken({ serviceAccountEmail: account, audience })
    const answer = await fetch(`${stack.host.url}/segment-candidates`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json', 'ce-id': crypto.randomUUID() },
        ...{ 'ce-type': 'google.cloud.pubsub.topic.v1.messagePublished', 'ce-specversion': '1.0', 'ce-source': '//x' },
      },
      body: JSON.stringify({ message: { data: '', attributes: {} } }),
    })
    return answer.status
  }
})
afterAll(async () => {
  await stack.stop()
  await stopJwks()
})

const state = async () => (await stack.db.doc(`orgs/${acme.org}/training/state`).get()).data()

test('a tick without candidates trains nothing and leaves the reason', async () => {
  expect(await tick()).toBe(204)
  expect(await state()).toMatchObject({
    current: null,
    lastDecision: { trained: false, reason: '0 candidates: a training needs at least 20' },
  })
})

test('a tick after an import trains, names and assigns; the next one finds nothing new', async () => {
  const { candidates } = generate({ jobs: 0, candidates: 60, seed: 7 })
  const imported = await acme.call('/api/v1/candidates/import', { json: candidates })
  expect(imported.body).toMatchObject({ received: 60, created: 60 })
  expect(await tick()).toBe(204)
  const { items } = (await acme.call('/api/v1/segments')).body
  expect(items).toHaveLength(5)
  expect(new Set(items.map(({ name }: { name: { es: string } }) => name.es)).size).toBe(5)
  const members = await acme.call(`/api/v1/candidates?limit=200&segment=${items[0].id}`)
  expect(members.body.items).toHaveLength(items[0].evidence.size)

  stack.setClock('2026-11-21T03:00:00.000Z')
  expect(await tick()).toBe(204)
  expect(await state()).toMatchObject({ current: 'v1', lastDecision: { trained: false } })
})

test('a tick of anybody but the one service account is refused and changes nothing', async () => {
  const before = await state()
  expect(await tick('somebody@elsewhere.iam.gserviceaccount.com')).toBe(401)
  expect(await state()).toEqual(before)
})
