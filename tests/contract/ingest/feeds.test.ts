import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Feed } from '#domain/feed.ts'
import { addFeed } from '#functions/capabilities/feeds/add-feed.ts'
import { pullDue } from '#functions/capabilities/feeds/pull-due.ts'
import { feedIncident, pullFeed } from '#functions/capabilities/feeds/pull-feed.ts'
import { board, greenhouseBoard } from './board.ts'
import { type World, world } from './world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

let site: Awaited<ReturnType<typeof board>>
let page: Parameters<typeof board>[0] = () => ({})
beforeEach(async () => {
  site = await board((asked) => page(asked))
})
afterEach(() => site.stop())

let count = 0
async function feedAt(path: string, format: Feed['format'] = 'greenhouse'): Promise<Feed> {
  const input = { name: `Board ${++count}`, format, url: `${site.url}${path}`, everyMinutes: 60 }
  return (await addFeed(w, w.org, w.cause, input)).feed
}
const pull = async (feed: Feed, confirmed = false) => pullFeed(w, w.org, w.cause, await reread(feed), confirmed)
async function reread({ id }: Feed): Promise<Feed> {
  const feed = await w.store.get(w.org, 'feeds', id)
  if (!feed) throw new Error(`no feed ${id}`)
  return feed
}
const openOf = async (feed: Feed) =>
  (await w.jobs()).filter((job) => job.source === feed.id && job.status === 'open').map((job) => Number(job.externalId))

const tens = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

describe('a pulled board', () => {
  test('is taken whole, and a second pull changes nothing', async () => {
    page = () => ({ body: greenhouseBoard([1, 2, 3]) })
    const feed = await feedAt('/v1/boards/acme/jobs')
    expect(await pull(feed)).toMatchObject({ received: 3, created: 3, absent: 0, held: 0 })
    expect(site.asked[0]?.path).toBe('/v1/boards/acme/jobs?content=true&pay_transparency=true')
    expect(await pull(feed)).toMatchObject({ received: 3, unchanged: 3 })
    expect((await reread(feed)).health).toMatchObject({
      failures: 0,
      lastError: null,
      counts: { received: 3, unchanged: 3 },
    })
  })

  test('closes what two complete pulls in a row do not list, and opens it when it is listed again', async () => {
    page = () => ({ body: greenhouseBoard(tens) })
    const feed = await feedAt('/jobs')
    await pull(feed)
    page = () => ({ body: greenhouseBoard(tens.slice(2)) })
    expect(await pull(feed)).toMatchObject({ absent: 0 })
    expect(await openOf(feed)).toHaveLength(10)
    w.published.length = 0
    expect(await pull(feed)).toMatchObject({ absent: 2, held: 0 })
    expect((await openOf(feed)).sort((a, b) => a - b)).toEqual(tens.slice(2))
    expect(w.published.filter((event) => event.type === 'job.closed').flatMap((event) => event.subjects)).toHaveLength(
      2,
    )
    page = () => ({ body: greenhouseBoard(tens) })
    expect(await pull(feed)).toMatchObject({ unchanged: 8, updated: 2 })
    expect(await openOf(feed)).toHaveLength(10)
  })

  test('forgets an absence that did not last', async () => {
    page = () => ({ body: greenhouseBoard(tens) })
    const feed = await feedAt('/jobs')
    await pull(feed)
    for (const ids of [tens.slice(1), tens, tens.slice(1)]) {
      page = () => ({ body: greenhouseBoard(ids) })
      expect(await pull(feed)).toMatchObject({ absent: 0 })
    }
    expect(await openOf(feed)).toHaveLength(10)
  })

  test('that suddenly lists half of its openings, or none, closes nothing until a person says so', async () => {
    page = () => ({ body: greenhouseBoard(tens) })
    const feed = await feedAt('/jobs')
    await pull(feed)
    page = () => ({ body: greenhouseBoard(tens.slice(5)) })
    await pull(feed)
    expect(await pull(feed)).toMatchObject({ absent: 0, held: 5 })
    expect((await reread(feed)).health.held).toBe(5)
    expect(await openOf(feed)).toHaveLength(10)
    page = () => ({ body: greenhouseBoard([]) })
    expect(await pull(feed)).toMatchObject({ received: 0, absent: 0, held: 5 })
    page = () => ({ body: greenhouseBoard(tens.slice(5)) })
    expect(await pull(feed, true)).toMatchObject({ absent: 5, held: 0 })
    expect(await openOf(feed)).toHaveLength(5)
  })

  test('that lists an opening badly still lists it', async () => {
    page = () => ({ body: greenhouseBoard(tens) })
    const feed = await feedAt('/jobs')
    await pull(feed)
    page = () => ({ body: greenhouseBoard(tens, (id) => (id === 3 ? '' : `Opening ${id}`)) })
    await pull(feed)
    expect(await pull(feed)).toMatchObject({ rejected: 1, absent: 0 })
    expect(await openOf(feed)).toHaveLength(10)
  })

  test('that breaks off keeps what came before and counts no absence', async () => {
    const job = (id: number) => `<job><referencenumber>${id}</referencenumber><title>Job ${id}</title></job>`
    page = () => ({ body: `<source>${tens.map(job).join('\n')}</source>` })
    const feed = await feedAt('/feed.xml', 'indeed-xml')
    await pull(feed)
    page = () => ({ body: `<source>${job(1)}\n<job><title>Job` })
    for (let round = 0; round < 2; round++) await expect(pull(feed)).rejects.toThrow(/Broken XML at line 2/)
    expect(await openOf(feed)).toHaveLength(10)
  })
})

describe('a board in pages', () => {
  test('SmartRecruiters: by offset, until a page is not full', async () => {
    const posting = (id: number) => ({ id: String(id), name: `Posting ${id}`, company: { name: 'Acme' } })
    page = ({ path }) => {
      const offset = Number(new URL(path, 'http://x').searchParams.get('offset'))
      const size = Math.min(100, 230 - offset)
      const content = Array.from({ length: Math.max(0, size) }, (_, i) => posting(offset + i))
      return { body: JSON.stringify({ offset, limit: 100, totalFound: 230, content }) }
    }
    const feed = await feedAt('/v1/companies/acme/postings', 'smartrecruiters')
    expect(await pull(feed)).toMatchObject({ received: 230, created: 230 })
    expect(site.asked.map(({ path }) => path)).toEqual(
      [0, 100, 200].map((offset) => `/v1/companies/acme/postings?limit=100&offset=${offset}`),
    )
  })

  test('Workday: by POST, and its pages lie below the site', async () => {
    const row = (n: number) => ({ title: `Row ${n}`, externalPath: `/job/Lima/Row_JR${n}`, bulletFields: [`JR${n}`] })
    page = ({ body }) => {
      const { offset } = JSON.parse(body)
      const rows = Array.from({ length: Math.min(20, 23 - offset) }, (_, i) => row(offset + i))
      return { body: JSON.stringify({ total: 23, jobPostings: rows }) }
    }
    const feed = await feedAt('/wday/cxs/acme/Careers/jobs', 'workday')
    expect(await pull(feed)).toMatchObject({ received: 23, created: 23 })
    expect(site.asked.map(({ method, body }) => [method, JSON.parse(body).offset])).toEqual([
      ['POST', 0],
      ['POST', 20],
    ])
    expect((await w.job('JR22')).applyUrl).toBe(`${site.url}/Careers/job/Lima/Row_JR22`)
  })
})

describe('a feed that fails', () => {
  test('is recorded each time, opens one incident at the third, and closes it when it works again', async () => {
    page = () => ({ status: 500 })
    const feed = await feedAt('/jobs')
    const incident = () => w.store.get(w.org, 'incidents', feedIncident(feed.id))
    for (let failures = 1; failures <= 4; failures++) {
      await expect(pull(feed)).rejects.toThrow('The feed answered 500')
      expect((await reread(feed)).health).toMatchObject({ failures, lastError: 'The feed answered 500' })
      expect(Boolean(await incident())).toBe(failures >= 3)
    }
    expect(await incident()).toMatchObject({ kind: 'feed_failing', subject: feed.id, closedAt: null, occurrences: 2 })
    const told = await w.store.list(w.org, 'notices', { limit: 10 })
    expect(told.items).toMatchObject([{ kind: 'feed_failing', subject: feed.id, readAt: null }])
    page = () => ({ body: greenhouseBoard([1]) })
    await pull(feed)
    expect((await reread(feed)).health).toMatchObject({ failures: 0, lastError: null })
    expect((await incident())?.closedAt).toBe(w.clock.now().toISOString())
  })
})

describe('the tick', () => {
  test('pulls what is due, once for two ticks at a time, and leaves a failing feed behind', async () => {
    await w.close()
    w = await world()
    page = ({ path }) => (path.startsWith('/bad') ? { body: 'no board' } : { body: greenhouseBoard([70]) })
    const [good, bad] = [await feedAt('/good'), await feedAt('/bad')]
    const failed: string[] = []
    const tick = () => pullDue(w, 'tick-correlation', (feed) => failed.push(feed.id))
    await Promise.all([tick(), tick()])
    expect(site.asked.filter(({ path }) => path.startsWith('/good'))).toHaveLength(1)
    expect(failed).toEqual([bad.id])
    expect((await reread(good)).health.counts).toMatchObject({ received: 1, created: 1 })
    expect((await reread(good)).nextPullAt).toBe(new Date(w.clock.now().getTime() + 3_600_000).toISOString())

    site.asked.length = 0
    await tick()
    expect(site.asked).toEqual([])
    w.advance(3_600_000)
    await tick()
    expect(site.asked.filter(({ path }) => path.startsWith('/good'))).toHaveLength(1)
  })
})
