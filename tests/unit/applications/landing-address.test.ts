import { expect, test } from 'vitest'
import { landingAddress } from '#functions/capabilities/clicks/landing-address.ts'
import { readClick, readVisit, signClick, signVisit, verifyClick } from '#functions/lib/click-token.ts'

const landing = { platform: 'meta', campaignRef: 'CMP-0001', jobRef: 'JOB-0001', visit: 'token.sig' }
const OURS = 'utm_source=meta&utm_medium=paid&utm_campaign=CMP-0001&utm_content=JOB-0001&adflux_click=token.sig'

test.each([
  ['https://jobs.example.com/1', `https://jobs.example.com/1?${OURS}`],
  ['https://jobs.example.com/1#apply', `https://jobs.example.com/1?${OURS}#apply`],
  ['https://jobs.example.com/1?gh_jid=7&q=a%20b+c', `https://jobs.example.com/1?gh_jid=7&q=a%20b+c&${OURS}`],
  ['https://jobs.example.com/1?utm_source=board&x=1', `https://jobs.example.com/1?x=1&${OURS}`],
  ['https://jobs.example.com/1?adflux_click=old', `https://jobs.example.com/1?${OURS}`],
])('%s becomes %s', (applyUrl, address) => {
  expect(landingAddress(applyUrl, landing)).toBe(address)
})

test('a visit that is not recorded carries no token', () => {
  expect(landingAddress('https://jobs.example.com/1', { ...landing, visit: null })).not.toContain('adflux_click')
})

test('a link and a visit are told apart, and only the secret that signed one verifies it', () => {
  const target = { org: 'demo', campaignId: 'cmp_1', platform: 'meta', jobId: 'job_1' }
  const [link, visit] = [signClick(target, 's'), signVisit({ ...target, clickId: 'clk_1' }, 's')]
  expect([readClick(link), readVisit(visit)]).toEqual([target, { ...target, clickId: 'clk_1' }])
  expect([readClick(visit), readVisit(link)]).toEqual([undefined, undefined])
  expect([verifyClick(link, 's'), verifyClick(link, 't'), verifyClick(visit, 's')]).toEqual([true, false, true])
})
