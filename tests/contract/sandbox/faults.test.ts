import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ANDES_ACCOUNT } from '#local/sandbox/accounts.ts'
import { activate, adTree, campaignBody, create, errorOf } from './ads.ts'
import { DAY, type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
beforeEach(async () => {
  sandbox = await testSandbox({ settings: { reportSeconds: 10 } })
})
afterEach(() => sandbox.remove())

const ACCOUNT = ANDES_ACCOUNT.id
const arm = async (fault: object) => {
  const answer = await sandbox.control('POST', 'faults', fault)
  expect(answer.status).toBe(201)
  return answer.body
}
const createCampaign = (name = 'Faulty') => sandbox.graph('POST', `${ACCOUNT}/campaigns`, campaignBody({ name }))
const listed = async (): Promise<string[]> =>
  (await sandbox.graph('GET', `${ACCOUNT}/campaigns?fields=name&limit=100`)).body.data.map(
    ({ name }: { name: string }) => name,
  )

describe('before anything is done', () => {
  test.each([
    ['429', { status: 429, code: 80004, subcode: 2446079 }],
    ['expired-token', { status: 400, code: 190, subcode: 463 }],
  ])('%s answers its error and creates nothing', async (fault, expected) => {
    await arm({ fault, operation: 'create-campaign' })
    expect(errorOf(await createCampaign())).toEqual(expected)
    expect(await listed()).toEqual([])
    expect((await createCampaign()).status).toBe(200)
  })

  test('500 answers an empty body, html-502 and html-429 a page that is no JSON', async () => {
    await arm({ fault: '500' })
    expect(await createCampaign()).toMatchObject({ status: 500, body: '' })
    await arm({ fault: 'html-502' })
    expect((await createCampaign()).body).toMatch(/<h1>Bad Gateway/)
    await arm({ fault: 'html-429' })
    expect(await createCampaign()).toMatchObject({ status: 429, body: expect.stringMatching(/Too Many/) })
  })

  test('any Graph error can be asked for by its code', async () => {
    await arm({ fault: 'error', code: 100, subcode: 1487534, httpStatus: 400, transient: false, message: 'Too much' })
    const answer = await createCampaign()
    expect(errorOf(answer)).toEqual({ status: 400, code: 100, subcode: 1487534 })
    expect(answer.body.error).toMatchObject({ message: 'Too much', is_transient: false })
  })

  test('hang holds the request until the caller gives up', async () => {
    await arm({ fault: 'hang', operation: 'list' })
    const signal = AbortSignal.timeout(150)
    const waiting = sandbox.graph('GET', `${ACCOUNT}/campaigns`)
    const gaveUp = new Promise((resolve) => signal.addEventListener('abort', () => resolve('gave up')))
    expect(await Promise.race([waiting, gaveUp])).toBe('gave up')
    waiting.catch(() => undefined)
  })
})

describe('after it is done', () => {
  test('answer-lost creates and cuts the connection: a look-up by name finds it', async () => {
    await arm({ fault: 'answer-lost', operation: 'create-campaign' })
    await expect(createCampaign('Lost ~k1')).rejects.toThrow(/socket hang up|ECONNRESET/)
    expect(await listed()).toEqual(['Lost ~k1'])
  })

  test('answer-lost on an update changes the object', async () => {
    const { campaign } = await adTree(sandbox)
    await arm({ fault: 'answer-lost', operation: 'update' })
    await expect(sandbox.graph('POST', campaign, { status: 'ACTIVE' })).rejects.toThrow()
    expect((await sandbox.graph('GET', `${campaign}?fields=status`)).body.status).toBe('ACTIVE')
  })

  test('late-landing cuts the connection and lets the object appear later, by the clock that was asked for', async () => {
    await arm({ fault: 'late-landing', operation: 'create-campaign', delaySeconds: 60, clock: 'virtual' })
    await expect(createCampaign('Ghost')).rejects.toThrow()
    sandbox.clock.advance(59_000)
    expect(await listed()).toEqual([])
    expect((await sandbox.control('GET', 'books')).body.landings).toHaveLength(1)
    sandbox.clock.advance(2000)
    expect(await listed()).toEqual(['Ghost'])
    await arm({ fault: 'late-landing', operation: 'create-campaign', delaySeconds: 0.05 })
    await expect(createCampaign('Real ghost')).rejects.toThrow()
    await expect.poll(listed, { timeout: 5000 }).toContain('Real ghost')
  })

  test('a create that is still on its way lands after a restart too, and refused creates never land', async () => {
    await arm({ fault: 'late-landing', operation: 'create-campaign', delaySeconds: 60, clock: 'virtual', times: 2 })
    await expect(createCampaign('Ghost')).rejects.toThrow()
    expect((await sandbox.graph('POST', `${ACCOUNT}/campaigns`, campaignBody({ name: '' }))).status).toBe(400)
    sandbox = await sandbox.restart()
    sandbox.clock.advance(61_000)
    expect(await listed()).toEqual(['Ghost'])
  })

  test('slow-list hides a new object from lists, not from a read by its id', async () => {
    await arm({ fault: 'slow-list', operation: 'create-campaign', delaySeconds: 30, clock: 'virtual' })
    const { id } = (await createCampaign('Shy')).body
    expect(await listed()).toEqual([])
    expect((await sandbox.graph('GET', id)).status).toBe(200)
    sandbox.clock.advance(31_000)
    expect(await listed()).toEqual(['Shy'])
  })

  test('slow-answer does the work and answers late', async () => {
    await arm({ fault: 'slow-answer', operation: 'create-campaign', delaySeconds: 0.05 })
    expect((await createCampaign('Slow')).status).toBe(200)
  })
})

describe('reports', () => {
  const run = async (): Promise<string> =>
    (await sandbox.graph('POST', `${ACCOUNT}/insights`, { level: 'campaign', date_preset: 'maximum' })).body
      .report_run_id
  const state = async (id: string): Promise<string> => (await sandbox.graph('GET', id)).body.async_status

  test('fail or stay stuck on request, the next one completes', async () => {
    await arm({ fault: 'report-failed', operation: 'insights' })
    await arm({ fault: 'report-stuck', operation: 'insights' })
    const runs = [await run(), await run(), await run()]
    sandbox.clock.advance(DAY)
    expect(await Promise.all(runs.map(state))).toEqual(['Job Failed', 'Job Running', 'Job Completed'])
  })

  test('page-2-failure strikes the second page and not the first', async () => {
    for (let i = 0; i < 3; i++) await create(sandbox, 'campaigns', campaignBody({ name: `C${i}` }))
    await arm({ fault: 'page-2-failure', operation: 'list' })
    const first = await sandbox.graph('GET', `${ACCOUNT}/campaigns?limit=2`)
    expect(first.status).toBe(200)
    const next = () => sandbox.graph('GET', `${ACCOUNT}/campaigns?limit=2&after=${first.body.paging.cursors.after}`)
    expect(errorOf(await next())).toMatchObject({ status: 500, code: 2 })
    expect((await next()).status).toBe(200)
  })
})

describe('aiming', () => {
  test('a fault strikes its operation and account alone, after as many calls and as often as it is told', async () => {
    await arm({ fault: '500', operation: 'create-campaign', after: 1, times: 2 })
    const statuses = []
    for (let i = 0; i < 5; i++) statuses.push((await createCampaign(`N${i}`)).status)
    expect(statuses).toEqual([200, 500, 500, 200, 200])
    await arm({ fault: '500', account: 'act_1000000000000002', times: 'always' })
    expect((await createCampaign()).status).toBe(200)
  })

  test('a rate is drawn by seed: the same calls are struck each time', async () => {
    const story = async () => {
      const box = await testSandbox()
      await box.control('POST', 'faults', { fault: '500', operation: 'me', rate: 0.4, times: 'always' })
      const struck = []
      for (let i = 0; i < 20; i++) struck.push((await box.graph('GET', 'me')).status === 500)
      await box.remove()
      return struck
    }
    const first = await story()
    expect(first.filter(Boolean).length).toBeGreaterThan(2)
    expect(first.filter(Boolean).length).toBeLessThan(18)
    expect(await story()).toEqual(first)
  })

  test('faults are listed with how often they struck, and cleared', async () => {
    const { id } = await arm({ fault: '500', operation: 'create', times: 'always' })
    await createCampaign()
    expect((await sandbox.control('GET', 'faults')).body.faults).toEqual([expect.objectContaining({ id, struck: 1 })])
    expect((await sandbox.control('DELETE', 'faults')).body).toEqual({ cleared: 1 })
    expect((await createCampaign()).status).toBe(200)
  })

  test.each([
    ['an unknown fault', { fault: 'earthquake' }, /fault/],
    ['an unknown operation', { fault: '500', operation: 'dance' }, /operation/],
    ['a fault of the other platform', { fault: 'blocked' }, /meta does not know/],
    ['a late landing of a read', { fault: 'late-landing', operation: 'list' }, /creates alone/],
    ['a rate above one', { fault: '500', rate: 2 }, /rate/],
    ['a field that does not exist', { fault: '500', colour: 'red' }, /colour/],
  ])('%s is refused by name', async (_, fault, words) => {
    const answer = await sandbox.control('POST', 'faults', fault)
    expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json' } })
    expect(answer.body.detail).toMatch(words)
  })
})

describe('rate limits', () => {
  test('usage is told on every answer and rises', async () => {
    const box = await testSandbox({
      settings: {
        limits: { managementBase: 50, managementPerActiveAd: 0, insightsBase: 20, insightsPerActiveAd: 0, burst: 1000 },
      },
    })
    const usage = async () => {
      const { headers } = await box.graph('GET', `${ACCOUNT}/campaigns`)
      return JSON.parse(String(headers['x-business-use-case-usage']))[ANDES_ACCOUNT.businessId][0]
    }
    const first = await usage()
    expect(first).toMatchObject({ type: 'ads_management', call_count: 2, estimated_time_to_regain_access: 0 })
    for (let i = 0; i < 9; i++) await usage()
    expect((await usage()).call_count).toBe(22)
    const { headers } = await box.graph('GET', `${ACCOUNT}/insights`)
    expect(JSON.parse(String(headers['x-fb-ads-insights-throttle']))).toMatchObject({ acc_id_util_pct: 5 })
    for (const name of ['x-app-usage', 'x-ad-account-usage'])
      expect(JSON.parse(String(headers[name]))).toBeTypeOf('object')
    await box.remove()
  })

  test('an account over its hour is refused with the minutes until it may call again', async () => {
    const box = await testSandbox({
      settings: {
        limits: { managementBase: 10, managementPerActiveAd: 40, insightsBase: 2, insightsPerActiveAd: 0, burst: 1000 },
      },
    })
    const tree = await adTree(box)
    const answer = await box.graph('GET', `${ACCOUNT}/campaigns`)
    expect(errorOf(answer)).toMatchObject({ code: 80004 })
    const usage = JSON.parse(String(answer.headers['x-business-use-case-usage']))[ANDES_ACCOUNT.businessId][0]
    expect(usage).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 60 })
    box.clock.advance(61 * 60_000)
    expect((await box.graph('GET', `${ACCOUNT}/campaigns`)).status).toBe(200)
    await activate(box, tree)
    box.clock.advance(3_600_000)
    for (let i = 0; i < 30; i++) expect((await box.graph('GET', `${ACCOUNT}/campaigns`)).status).toBe(200)
    await box.remove()
  })

  test('a burst is refused as too many calls', async () => {
    const box = await testSandbox({
      settings: {
        limits: { managementBase: 1e6, managementPerActiveAd: 0, insightsBase: 1e6, insightsPerActiveAd: 0, burst: 5 },
      },
    })
    for (let i = 0; i < 5; i++) expect((await box.graph('GET', `${ACCOUNT}/ads`)).status).toBe(200)
    expect(errorOf(await box.graph('GET', `${ACCOUNT}/ads`))).toMatchObject({ code: 17, subcode: 2446079 })
    await box.remove()
  })
})
