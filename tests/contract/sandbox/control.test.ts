import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_ACCOUNT } from '#local/sandbox/accounts.ts'
import { activate, adTree, campaignBody, create, setStatus } from './ads.ts'
import { DAY, HOUR, type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await testSandbox()
})
afterAll(() => sandbox.remove())

test('the clock is read and moved by ISO durations', async () => {
  const before = (await sandbox.control('GET', 'clock')).body.now
  const after = (await sandbox.control('POST', 'clock', { advance: 'P7DT1H' })).body.now
  expect(Date.parse(after) - Date.parse(before)).toBe(7 * DAY + HOUR)
  for (const wrong of [{ advance: '7 days' }, { advance: 'P10000D' }, {}, { speed: -1 }, { tick: 1 }, 'not json', []])
    expect((await sandbox.control('POST', 'clock', wrong)).status).toBe(400)
  expect((await sandbox.control('POST', 'clock', { speed: 60 })).status).toBe(501)
})

test('what does not exist, a wrong method and a foreign page are refused with a remedy', async () => {
  expect(await sandbox.control('GET', 'horses')).toMatchObject({ status: 404, body: { remedy: expect.any(String) } })
  expect(await sandbox.control('PUT', 'clock', {})).toMatchObject({ status: 405, body: { remedy: 'Use GET or POST.' } })
  const foreign = await fetch(`http://127.0.0.1:${sandbox.controlPort}/_sandbox/clock`, {
    headers: { origin: 'https://evil.example' },
  })
  expect(foreign.status).toBe(400)
  expect((await sandbox.control('GET', '')).body.endpoints).toContain('GET /_sandbox/books')
})

test('the books keep every object with its history, deleted ones too', async () => {
  const tree = await adTree(sandbox, { name: 'In the books' })
  await setStatus(sandbox, [tree.campaign], 'DELETED')
  const { body } = await sandbox.control('GET', 'books')
  const campaign = body.objects.find(({ id }: { id: string }) => id === tree.campaign)
  expect(campaign).toMatchObject({ kind: 'campaign', status: 'DELETED', deleted: true, name: 'In the books' })
  expect(campaign.history.map(({ action }: { action: string }) => action)).toEqual(['created', 'deleted'])
  expect(body.calls['meta.create-campaign']).toBeGreaterThan(0)
})

test('the books of an earlier moment can be asked for, not of a later one', async () => {
  const tree = await adTree(sandbox, { name: 'Earlier' })
  await activate(sandbox, tree)
  sandbox.clock.advance(2 * DAY)
  const at = new Date(sandbox.clock.now()).toISOString()
  const spent = async (query = '') =>
    (await sandbox.control('GET', `books${query}`)).body.campaigns.find(
      ({ id }: { id: string }) => id === tree.campaign,
    ).totals.spendMinor
  const then = await spent()
  sandbox.clock.advance(2 * DAY)
  expect(await spent()).toBeGreaterThan(then)
  expect(await spent(`?at=${at}`)).toBe(then)
  expect((await sandbox.control('GET', 'books?at=2030-01-01')).status).toBe(400)
  expect((await sandbox.control('GET', 'books?account=act_5')).status).toBe(404)
})

test('calls are recorded with their correlation and without their secrets', async () => {
  await sandbox.host('graph.facebook.com', 'GET', `/v24.0/me?access_token=${ANDES_ACCOUNT.token}`, {
    'x-correlation-id': 'corr-1',
  })
  const { body } = await sandbox.control('GET', 'calls?limit=1')
  expect(body.calls[0]).toMatchObject({
    operation: 'me',
    correlation: 'corr-1',
    status: 200,
    params: { access_token: '***' },
  })
  expect(JSON.stringify(body)).not.toContain(ANDES_ACCOUNT.token)
  expect((await sandbox.control('GET', 'calls?limit=0')).status).toBe(400)
})

test('an account is made with a token of its own, and refused where it cannot be', async () => {
  const made = await sandbox.control('POST', 'accounts', {
    name: 'New',
    currency: 'MXN',
    timezone: 'America/Mexico_City',
  })
  expect(made.status).toBe(201)
  expect((await sandbox.graph('GET', `${made.body.id}?fields=currency`, undefined, made.body)).body.currency).toBe(
    'MXN',
  )
  for (const wrong of [{ currency: 'ZZZ' }, { timezone: 'Mars/Olympus' }, { id: 'abc' }])
    expect((await sandbox.control('POST', 'accounts', wrong)).status).toBe(400)
  expect((await sandbox.control('POST', 'accounts', { id: made.body.id })).status).toBe(409)
  expect((await sandbox.control('POST', 'tokens', { token: 'x', accounts: ['act_5'] })).status).toBe(400)
})

test('clickers open the ad’s own address with its tags and a click id each; nobody clicks on what does not run', async () => {
  const campaign = await create(sandbox, 'campaigns', campaignBody({ name: 'Clicked & co' }))
  const tree = await adTree(sandbox, { name: 'Clicked & co' })
  const tagged = await sandbox.graph('POST', `${ANDES_ACCOUNT.id}/adcreatives`, {
    name: 'tagged',
    url_tags: 'utm_source=facebook&utm_campaign={{campaign.name}}&utm_content={{ad.id}}',
    object_story_spec: {
      page_id: ANDES_ACCOUNT.pageId,
      link_data: { link: 'https://jobs.example.com/a?x=1', message: 'Join us, we train you from the first day on.' },
    },
  })
  await sandbox.graph('POST', tree.ad, { creative: { creative_id: tagged.body.id } })
  expect((await sandbox.control('POST', 'clicks', { campaign: tree.campaign })).status).toBe(409)
  await activate(sandbox, tree)
  sandbox.clock.advance(HOUR)
  const { clicks } = (await sandbox.control('POST', 'clicks', { campaign: tree.campaign, count: 3 })).body
  expect(new Set(clicks.map(({ fbclid }: { fbclid: string }) => fbclid)).size).toBe(3)
  const url = new URL(clicks[0].url)
  expect(Object.fromEntries(url.searchParams)).toEqual({
    x: '1',
    utm_source: 'facebook',
    utm_campaign: 'Clicked & co',
    utm_content: tree.ad,
    fbclid: clicks[0].fbclid,
  })
  expect((await sandbox.control('POST', 'clicks', { campaign })).status).toBe(404)
  expect((await sandbox.control('POST', 'clicks', {})).status).toBe(400)
})

test('a restart brings back every object, figure and count of the world', async () => {
  const tree = await adTree(sandbox, { name: 'Survivor' })
  await activate(sandbox, tree)
  sandbox.clock.advance(5 * DAY)
  const before = (await sandbox.control('GET', 'books')).body
  sandbox = await sandbox.restart()
  const after = (await sandbox.control('GET', 'books')).body
  for (const part of ['accounts', 'objects', 'campaigns', 'ads', 'calls']) expect(after[part]).toEqual(before[part])
  const next = await create(sandbox, 'campaigns', campaignBody())
  expect(before.objects.map(({ id }: { id: string }) => id)).not.toContain(next)
})

test('a line that a kill cut in two is dropped, damage before it is named', async () => {
  const file = join(sandbox.stateDir, 'sandbox.jsonl')
  const count = (await sandbox.control('GET', 'books')).body.objects.length
  appendFileSync(file, '{"type":"created","at":17')
  sandbox = await sandbox.restart()
  expect((await sandbox.control('GET', 'books')).body.objects).toHaveLength(count)
  expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await create(sandbox, 'campaigns', campaignBody())
  appendFileSync(file, 'rubbish\n{"type":"account"}\n')
  await expect(sandbox.restart()).rejects.toThrow(/line \d+ is damaged; remove the file/)
  const damaged = readFileSync(file, 'utf8').replace('rubbish\n{"type":"account"}\n', '')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(file, damaged)
  sandbox = await testSandbox({ hand: sandbox.clock, stateDir: sandbox.stateDir })
})

test('a reset begins anew with the known accounts', async () => {
  expect((await sandbox.control('POST', 'reset')).status).toBe(200)
  const { body } = await sandbox.control('GET', 'books')
  expect(body.objects).toEqual([])
  expect(body.calls).toEqual({})
  expect(body.accounts.map(({ id }: { id: string }) => id)).toContain(ANDES_ACCOUNT.id)
  expect((await sandbox.graph('GET', 'me')).status).toBe(200)
})
