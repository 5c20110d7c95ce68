import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ANDES_ACCOUNT } from '#local/sandbox/accounts.ts'
import { removePlace, type Stack, type StackPlace, stackPlace, startStack, until } from '#tests/support/stack.ts'
import { controlOf, terminal } from '#tests/support/terminal.ts'

/** The whole of AdFlux in one line of work, by command line: what a recruiter, an ATS and a clock do. */

let place: StackPlace
let stack: Stack

beforeAll(async () => {
  place = await stackPlace()
  stack = await startStack(place, ['--empty'])
})
afterAll(async () => {
  await stack?.end('SIGTERM')
  removePlace(place)
})

const adflux = terminal(() => stack)
const sandbox = controlOf(() => stack)
const advance = (by: string): Promise<unknown> => sandbox('/_sandbox/clock', { advance: by })

/** What the sandbox delivered and charged, whoever asked or did not. */
async function books(): Promise<{ spendMicros: number }> {
  const account = z.object({ totals: z.object({ spendMicros: z.int() }) })
  const answer = z.object({ accounts: z.tuple([account], account) }).parse(await sandbox('/_sandbox/books'))
  return answer.accounts[0].totals
}

const Named = z.object({ id: z.string(), ref: z.string() })
const Whole = z.object({
  status: z.string(),
  reason: z.object({ code: z.string() }).nullable(),
  channels: z.array(
    z.object({ confirmed: z.string(), steps: z.array(z.object({ externalId: z.string().nullable() })) }),
  ),
})
const Metrics = z.object({
  impressions: z.number().nullable(),
  clicks: z.number().nullable(),
  reach: z.number().nullable(),
  spend: z.object({ minor: z.int(), currency: z.string() }).nullable(),
  applications: z.number().nullable(),
  days: z.array(
    z.object({ day: z.string(), impressions: z.int(), clicks: z.int(), spendMicros: z.int(), applications: z.int() }),
  ),
})
const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

test('a job becomes a running, measured campaign, and closing it stops the ad', async () => {
  const { ingestUrl, apiKey } = stack.profile()
  const push = async (job: object) =>
    (
      await fetch(`${ingestUrl}/v1/jobs`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'x-correlation-id': 'thread-test-0001',
        },
        body: JSON.stringify(job),
      })
    ).json()

  const pushed = await push({
    externalId: 'thread-1',
    title: 'Desarrolladora backend',
    company: 'Talento Andes',
    location: { city: 'Bogotá', country: 'CO' },
    description: 'APIs en Node.js.',
    applyUrl: 'https://jobs.example.com/thread-1',
  })
  expect(pushed).toMatchObject({ received: 1, created: 1 })
  const [job] = z.object({ items: z.array(Named) }).parse(await adflux(z.unknown(), 'jobs', 'list')).items
  expect(job?.ref).toBe('JOB-0001')

  const campaign = await adflux(
    Named,
    ...['campaigns', 'create', '--job-id', 'JOB-0001', '--platform', 'meta', '--daily-budget', '20.00'],
    ...['--currency', 'USD', '--start', day(0), '--end', day(30), '--country', 'CO'],
  )
  await adflux(z.unknown(), 'campaigns', 'publish', campaign.ref, '--wait')
  const review = await adflux(Whole, 'campaigns', 'view', campaign.ref)
  expect(review).toMatchObject({ status: 'PROCESSING', reason: { code: 'in_review' } })

  await advance('PT1H')
  await until(
    'the review is over',
    async () => (await adflux(Whole, 'campaigns', 'view', campaign.ref)).status === 'ACTIVE',
  )

  await advance('P7D')
  await adflux(z.unknown(), 'campaigns', 'sync', '--platform', 'meta', '--wait')
  const measured = await adflux(Metrics, 'campaigns', 'metrics', campaign.ref)
  expect(measured.impressions).toBeGreaterThan(0)
  expect(measured.days.length).toBeGreaterThanOrEqual(7)
  expect(measured.days.reduce((sum, d) => sum + d.clicks, 0)).toBe(measured.clicks)
  expect(measured.reach).toBeLessThanOrEqual(measured.impressions ?? 0)

  expect(await push({ externalId: 'thread-1', status: 'closed' })).toMatchObject({ received: 1, closed: 1 })
  await until('the ad is paused', async () => {
    const { status, reason, channels } = await adflux(Whole, 'campaigns', 'view', campaign.ref)
    return status === 'PAUSED' && reason?.code === 'job_closed' && channels[0]?.confirmed === 'paused'
  })

  const Calls = z.object({ calls: z.array(z.object({ correlation: z.string().nullable(), operation: z.string() })) })
  const { calls } = Calls.parse(await sandbox('/_sandbox/calls?limit=200'))
  const caused = calls.filter(({ correlation }) => correlation === 'thread-test-0001').map(({ operation }) => operation)
  expect(caused, 'the push that closed the job is named at the platform’s door').toContain('update')

  const atClose = await books()
  await advance('P3D')
  expect((await books()).spendMicros).toBe(atClose.spendMicros)
})

test('kill -9 of the function host during a publish: every campaign finishes, once', async () => {
  const jobs = Array.from({ length: 4 }, (_, i) => ({
    externalId: `kill-${i}`,
    title: `Analista ${i}`,
    location: { city: 'Lima', country: 'PE' },
    description: 'Datos.',
    applyUrl: `https://jobs.example.com/kill-${i}`,
  }))
  const { ingestUrl, apiUrl, apiKey } = stack.profile()
  const post = async (url: string, body: object) =>
    (
      await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()
  const { jobs: made } = z.object({ jobs: z.array(Named) }).parse(await post(`${ingestUrl}/v1/jobs`, jobs))
  const now = z.object({ now: z.string() }).parse(await sandbox('/_sandbox/clock')).now
  const campaigns = await Promise.all(
    made.map(async ({ id }) =>
      Named.parse(
        await post(`${apiUrl}/v1/campaigns`, {
          job: id,
          platform: 'meta',
          dailyBudget: { amount: '10.00', currency: 'USD' },
          end: new Date(Date.parse(now) + 20 * 86_400_000).toISOString().slice(0, 10),
        }),
      ),
    ),
  )
  await Promise.all(campaigns.map(({ id }) => post(`${apiUrl}/v1/campaigns/${id}/publish`, {})))
  await until('the publishing has begun', async () =>
    (await objects()).some(({ name }) => name?.startsWith(campaigns[0]?.ref ?? '?')),
  )
  process.kill(stack.profile().pids.host ?? 0, 'SIGKILL')

  await until(
    'every campaign is in review or beyond',
    async () => {
      const all = await Promise.all(campaigns.map(({ ref }) => adflux(Whole, 'campaigns', 'view', ref)))
      return all.every(({ status, reason }) => status === 'ACTIVE' || reason?.code === 'in_review')
    },
    240_000,
  )
  for (const { ref } of campaigns) {
    const mine = (await objects()).filter(({ name }) => name?.startsWith(`${ref} `))
    expect(mine.map(({ kind }) => kind).sort(), ref).toEqual(['ad', 'adset', 'campaign', 'creative'])
  }
})

test('no token, key or password is in any log', () => {
  const { apiKey, users } = stack.profile()
  const folder = join(place.folder, String(place.base), 'logs')
  const secrets = [apiKey, ANDES_ACCOUNT.token, ...users.map(({ password }) => password)]
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [i, secret] of secrets.entries()) expect(text.includes(secret), `secret ${i} in ${file}`).toBe(false)
  }
})

async function objects() {
  const Books = z.object({ objects: z.array(z.object({ kind: z.string(), name: z.string().nullish() })) })
  return Books.parse(await sandbox('/_sandbox/books')).objects
}
