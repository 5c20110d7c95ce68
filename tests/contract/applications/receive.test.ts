import { beforeEach, describe, expect, test } from 'vitest'
import { listApplications } from '#functions/capabilities/applications/list-applications.ts'
import { moveApplication } from '#functions/capabilities/applications/move-application.ts'
import { receiveApplication } from '#functions/capabilities/applications/receive-application.ts'
import { createCandidate } from '#functions/capabilities/candidates/create-candidate.ts'
import { followLink } from '#functions/capabilities/clicks/follow-link.ts'
import { signVisit } from '#functions/lib/click-token.ts'
import { CAUSE } from '#tests/support/world.ts'
import { ORG } from '../candidates/world.ts'
import { type AdWorld, adWorld } from './world.ts'

let world: AdWorld
beforeEach(async () => {
  world = await adWorld()
})

type Input = Partial<Parameters<typeof receiveApplication>[3]>
const apply = (input: Input = {}) =>
  receiveApplication(world, ORG, CAUSE, { job: 'JOB-0001', candidate: world.candidate.ref, ...input })
const click = async (): Promise<string> => {
  const address = await followLink(world, world.link, { platformClickId: null, counts: true })
  return new URL(address).searchParams.get('adflux_click') ?? ''
}

describe('an application', () => {
  test('that came through an ad is credited to its campaign and counted for its job', async () => {
    const { application, created } = await apply({ clickToken: await click() })
    expect(created).toBe(true)
    expect(application).toMatchObject({
      ref: 'APP-0001',
      jobId: 'job_a',
      candidateId: world.candidate.id,
      stage: 'applied',
      source: 'meta',
      campaignId: 'cmp_a',
      clickId: (await world.clicks())[0]?.id,
    })
    expect(await world.received()).toBe(1)
    expect(await world.totals()).toEqual({ campaigns: 1, applications: 1 })
    expect(world.published.filter(({ type }) => type === 'application.received')).toMatchObject([
      { subjects: [application.id] },
    ])
  })

  test('that came otherwise is counted for its job alone', async () => {
    const { application } = await apply({ source: 'referral', appliedAt: '2026-11-01T09:00:00-05:00' })
    expect(application).toMatchObject({ source: 'referral', campaignId: null, appliedAt: '2026-11-01T14:00:00.000Z' })
    expect(await world.received()).toBe(0)
    expect((await world.totals())?.applications).toBe(1)
  })

  test('sent twice, at the same moment too, is one', async () => {
    const clickToken = await click()
    const outcomes = await Promise.all([apply({ clickToken }), apply({ clickToken }), apply({ clickToken })])
    expect(outcomes.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(outcomes.map(({ application }) => application.id)).size).toBe(1)
    expect(await world.received()).toBe(1)
    expect((await world.totals())?.applications).toBe(1)
  })

  test('whose click is told later is credited then, once', async () => {
    await apply()
    const clickToken = await click()
    const { application, created } = await apply({ clickToken })
    expect(created).toBe(false)
    expect(application).toMatchObject({ campaignId: 'cmp_a', source: 'meta', version: 2 })
    await apply({ clickToken: await click() })
    expect(await world.received()).toBe(1)
    expect(await world.audit(`applications/${application.id}`)).toEqual([
      'application.received',
      'application.credited',
    ])
  })

  test.each([
    ['another secret', () => signVisit({ ...world.target, clickId: 'clk_1' }, 'another secret')],
    [
      'another organisation',
      () => signVisit({ ...world.target, org: 'org-2', clickId: 'clk_1' }, 'the secret of this organisation'),
    ],
    [
      'another job',
      () => signVisit({ ...world.target, jobId: 'job_b', clickId: 'clk_1' }, 'the secret of this organisation'),
    ],
    ['a link', () => world.link],
    ['nonsense', () => 'nonsense'],
  ])('with a token of %s is refused, with the place and a remedy', async (_, token) => {
    await expect(apply({ clickToken: token() })).rejects.toMatchObject({
      code: 'invalid',
      details: { remedy: expect.stringContaining('leave clickToken out'), problems: [{ at: '/clickToken' }] },
    })
    expect(await world.totals()).toMatchObject({ applications: 0 })
  })

  test('for nobody or to nothing is not found', async () => {
    await expect(apply({ candidate: 'CAND-0099' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'No candidate CAND-0099',
    })
    await expect(apply({ job: 'job_zzz' })).rejects.toMatchObject({ code: 'not_found', message: 'No job job_zzz' })
  })
})

describe('stages', () => {
  test('move with an audit entry each; where it is already, nothing happens', async () => {
    const { application } = await apply()
    await moveApplication(world, ORG, CAUSE, application.ref, 'interview')
    await moveApplication(world, ORG, CAUSE, application.id, 'interview')
    expect(await moveApplication(world, ORG, CAUSE, application.id, 'hired')).toMatchObject({
      stage: 'hired',
      version: 3,
    })
    expect(await world.audit(`applications/${application.id}`)).toEqual([
      'application.received',
      'application.moved',
      'application.moved',
    ])
  })
})

test('lists are by job, candidate, campaign and stage, by id or ref', async () => {
  const other = await createCandidate(world, ORG, CAUSE, { skills: [] })
  await apply({ clickToken: await click(), appliedAt: '2026-11-02T00:00:00Z' })
  await apply({ candidate: other.id, appliedAt: '2026-11-03T00:00:00Z' })
  await apply({ candidate: other.id, job: 'JOB-0002', appliedAt: '2026-11-01T00:00:00Z' })
  const refs = async (filter: Parameters<typeof listApplications>[2]) =>
    (await listApplications(world, ORG, filter, { limit: 10 })).items.map(({ ref }) => ref)
  expect(await refs({})).toEqual(['APP-0002', 'APP-0001', 'APP-0003'])
  expect(await refs({ job: 'JOB-0001' })).toEqual(['APP-0002', 'APP-0001'])
  expect(await refs({ campaign: 'CMP-0001' })).toEqual(['APP-0001'])
  expect(await refs({ candidate: other.ref, job: 'job_b' })).toEqual(['APP-0003'])
  expect(await refs({ stage: 'hired' })).toEqual([])
  await expect(refs({ job: 'JOB-0404' })).rejects.toMatchObject({ code: 'not_found' })
})
