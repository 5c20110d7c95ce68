import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { secretManager } from '#functions/adapters/secrets/secrets.ts'
import { clickSecretName, signClick } from '#functions/lib/click-token.ts'
import { env } from '#functions/lib/env.ts'
import { startSecrets } from '#local/secrets/start-secrets.ts'
import { frozenClock } from '#tests/contract/local/world.ts'
import { functions } from './ingest/functions.ts'

const PHONE_BROWSER = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36'
const AT = '2026-11-20T15:00:00.000Z'

let stack: Awaited<ReturnType<typeof functions>>
let org: string
let link: string
let stopSecrets: () => Promise<void>
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adflux-clicks-'))
  const secrets = await startSecrets({
    port: 0,
    stateFile: join(folder, 'secrets.jsonl'),
    clock: frozenClock(folder),
  })
  stopSecrets = () => secrets.stop()
  stack = await functions(['track-click'], { secretsHost: `127.0.0.1:${secrets.port}` })
  org = (await stack.organisation()).org
  await secretManager(env()).set(clickSecretName(org), 'of this organisation')
  const stored = { schemaVersion: 1, version: 1, auditHash: '', createdAt: AT, updatedAt: AT }
  await stack.db.doc(`orgs/${org}/jobs/job_a`).set({
    ...{ ...stored, id: 'job_a', ref: 'JOB-0001', externalId: 'a', title: 'A', company: null, department: null },
    ...{ description: '', places: [], remote: null, employmentType: null, experienceLevel: null, skills: [] },
    ...{ educationLevel: null, salary: null, applyUrl: 'https://jobs.example.com/a', language: null, postedAt: null },
    ...{ closesOn: null, group: null, extra: '{}', source: 'manual', status: 'open', closedReason: null },
    ...{ closedAt: null, expiresAt: null, sourceStamp: null, rawHash: '', tombstone: false, correlationId: 'x' },
    totals: { campaigns: 1, applications: 0 },
  })
  await stack.db.doc(`orgs/${org}/campaigns/cmp_a`).set({
    ...{ ...stored, id: 'cmp_a', ref: 'CMP-0001', name: 'A', jobId: 'job_a', jobRef: 'JOB-0001', jobTitle: 'A' },
    ...{
      platforms: ['meta'],
      dailyBudget: { minor: 1, currency: 'USD' },
      startsOn: '2026-11-20',
      endsOn: '2026-12-01',
    },
    ...{ countries: ['CO'], segments: [], status: 'ACTIVE', reason: null, createdBy: 'x', totals: null, months: {} },
    ...{ split: {}, pending: null, reach: {}, received: 0, syncedAt: null, correlationId: 'x' },
    creative: {
      ...{ primaryText: 'x', headline: 'x', description: '', image: null, copyBy: 'template' },
      url: 'https://jobs.example.com/a',
    },
  })
  link = signClick({ org, campaignId: 'cmp_a', platform: 'meta', jobId: 'job_a' }, 'of this organisation')
})
afterAll(async () => {
  await stack.stop()
  await stopSecrets()
})

const open = (token: string, init: RequestInit = {}, query = '') =>
  fetch(`${stack.host.url}/track-click/c/${token}${query}`, {
    redirect: 'manual',
    headers: { 'user-agent': PHONE_BROWSER },
    ...init,
  })
const clicks = async () => (await stack.db.collection(`orgs/${org}/clicks`).get()).size

test('a person is sent on to the apply address; nothing is kept by caches or told to the next site', async () => {
  const answer = await open(link, {}, '?fbclid=IwAR0abcdefgh')
  expect(answer.status).toBe(302)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  const address = new URL(answer.headers.get('location') ?? '')
  expect(address.origin + address.pathname).toBe('https://jobs.example.com/a')
  expect(address.searchParams.get('adflux_click')).toBeTruthy()
  await open(link, {}, '?fbclid=IwAR0abcdefgh')
  expect(await clicks()).toBe(1)
})

test('a preview and a HEAD are sent on and leave no trace', async () => {
  const before = await clicks()
  const preview = await open(link, { headers: { 'user-agent': 'facebookexternalhit/1.1' } })
  const head = await open(link, { method: 'HEAD' })
  expect([preview.status, head.status]).toEqual([302, 302])
  expect(head.headers.get('location')).toMatch(/^https:\/\/jobs\.example\.com\/a\?utm_source=meta/)
  expect(await clicks()).toBe(before)
})

test('no address in the request ever becomes the destination', async () => {
  const attempts: [string, RequestInit, string][] = [
    [link, {}, '?url=https://evil.example&next=//evil.example&utm_source=x'],
    [link, { headers: { 'user-agent': PHONE_BROWSER, 'x-forwarded-host': 'evil.example' } }, ''],
    [encodeURIComponent('https://evil.example'), {}, ''],
    [encodeURIComponent('//evil.example/%2f..'), {}, ''],
    [`${link}%0d%0aLocation:%20https://evil.example`, {}, ''],
    [`${link}x`, {}, ''],
    ['javascript:alert(1)', {}, ''],
    ['not-signed-by-us', {}, ''],
  ]
  for (const [token, init, query] of attempts) {
    const answer = await open(token, init, query)
    const location = answer.headers.get('location')
    if (answer.status === 302) expect(new URL(location ?? '').hostname).toBe('jobs.example.com')
    else {
      expect(answer.status).toBe(404)
      expect(location).toBeNull()
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
  }
})
