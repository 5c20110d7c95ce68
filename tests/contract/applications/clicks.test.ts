import { beforeEach, describe, expect, test } from 'vitest'
import { followLink } from '#functions/capabilities/clicks/follow-link.ts'
import { visitOf } from '#functions/capabilities/clicks/visit.ts'
import { readVisit, signClick, verifyClick } from '#functions/lib/click-token.ts'
import { CAUSE } from '#tests/support/world.ts'
import { ORG } from '../candidates/world.ts'
import { type AdWorld, adWorld, PHONE_BROWSER } from './world.ts'

let world: AdWorld
beforeEach(async () => {
  world = await adWorld()
})

const person = (fbclid: string | null = null) => ({ platformClickId: fbclid, counts: true })
const follow = async (token = world.link, visit = person()) => new URL(await followLink(world, token, visit))

describe('a signed link', () => {
  test('leads to the apply address with our parameters behind its own', async () => {
    const address = await follow()
    expect(`${address.origin}${address.pathname}${address.hash}`).toBe('https://jobs.example.com/a#form')
    expect(Object.fromEntries(address.searchParams)).toEqual({
      lang: 'es',
      utm_source: 'meta',
      utm_medium: 'paid',
      utm_campaign: 'CMP-0001',
      utm_content: 'JOB-0001',
      adflux_click: expect.any(String),
    })
  })

  test('records the visit, and its token says whose it is', async () => {
    const token = (await follow()).searchParams.get('adflux_click') ?? ''
    const [click, ...others] = await world.clicks()
    expect(others).toEqual([])
    expect(click).toMatchObject({ campaignId: 'cmp_a', platform: 'meta', jobId: 'job_a' })
    expect(readVisit(token)).toEqual({ ...world.target, clickId: click?.id })
    expect(verifyClick(token, 'the secret of this organisation')).toBe(true)
  })

  test('records a click of the platform once, and keeps no id of the platform', async () => {
    const first = await follow(world.link, person('IwAR0abcdefgh'))
    const [again] = await Promise.all([
      follow(world.link, person('IwAR0abcdefgh')),
      follow(world.link, person('IwAR0abcdefgh')),
    ])
    expect(again.href).toBe(first.href)
    await follow(world.link, person('IwAR0another1'))
    await follow()
    await follow()
    expect(await world.clicks()).toHaveLength(4)
    expect(JSON.stringify(await world.clicks())).not.toContain('IwAR0')
  })

  test('leads a program there too, without a trace', async () => {
    const address = await follow(world.link, { platformClickId: null, counts: false })
    expect(address.searchParams.has('adflux_click')).toBe(false)
    expect(address.searchParams.get('utm_campaign')).toBe('CMP-0001')
    expect(await world.clicks()).toEqual([])
  })

  test('leads to the job’s own address where the campaign’s is the link itself', async () => {
    await world.store.transact(ORG, CAUSE, async (tx) =>
      tx.measure('campaigns', 'cmp_a', {
        creative: { ...world.campaign.creative, url: `http://127.0.0.1:7300/c/${world.link}` },
      }),
    )
    expect((await follow()).hostname).toBe('jobs.example.com')
  })

  test('of a campaign that is not there leads nowhere', async () => {
    const ghost = signClick({ ...world.target, campaignId: 'cmp_ghost' }, 'the secret of this organisation')
    await expect(follow(ghost)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('what we did not sign', () => {
  test('leads nowhere, whatever it says', async () => {
    const [body = '', signature = ''] = world.link.split('.')
    const other = Buffer.from(JSON.stringify([ORG, 'cmp_a', 'meta', 'job_b'])).toString('base64url')
    const wrong = [
      '',
      '.',
      'https://evil.example',
      '..%2f..%2fevil',
      body,
      `${body}.`,
      `${body}.${signature.slice(1)}`,
      `${body}.${signature.toUpperCase()}`,
      `${other}.${signature}`,
      signClick(world.target, 'another secret'),
      signClick({ ...world.target, org: 'org-2' }, 'the secret of this organisation'),
      signClick({ ...world.target, org: '__x__' }, 'the secret of this organisation'),
      `${Buffer.from('["a","b"]').toString('base64url')}.${signature}`,
      `${Buffer.from('{"__proto__":1}').toString('base64url')}.${signature}`,
    ]
    for (const token of wrong) await expect(follow(token), token).rejects.toMatchObject({ code: 'not_found' })
    expect(await world.clicks()).toEqual([])
  })

  test('the token of a redirect is no link', async () => {
    const token = (await follow()).searchParams.get('adflux_click') ?? ''
    await expect(follow(token)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a visit', () => {
  const visit = (headers: Record<string, string>, method = 'GET', query = '') =>
    visitOf(new Request(`http://localhost/c/x${query}`, { method, headers }))

  test('counts when a person’s browser asks', () => {
    expect(visit({ 'user-agent': PHONE_BROWSER }, 'GET', '?fbclid=IwAR0abcdefgh')).toEqual({
      platformClickId: 'IwAR0abcdefgh',
      counts: true,
    })
  })

  test.each([
    ['a preview', 'facebookexternalhit/1.1'],
    ['a checker of ads', 'AdsBot-Google (+http://www.google.com/adsbot.html)'],
    ['a crawler', 'meta-externalagent/1.1'],
    ['a tool', 'curl/8.5.0'],
    ['nobody', ''],
  ])('of %s does not count', (_, agent) => {
    expect(visit({ 'user-agent': agent }).counts).toBe(false)
  })

  test('that only looks ahead does not count', () => {
    expect(visit({ 'user-agent': PHONE_BROWSER }, 'HEAD').counts).toBe(false)
    expect(visit({ 'user-agent': PHONE_BROWSER, 'sec-purpose': 'prefetch;prerender' }).counts).toBe(false)
  })

  test('with an id of the platform that cannot be one has none', () => {
    expect(visit({ 'user-agent': PHONE_BROWSER }, 'GET', '?fbclid=../../x').platformClickId).toBeNull()
  })
})
