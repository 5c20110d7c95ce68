import { describe, expect, test } from 'vitest'
import { readClick, signClick, verifyClick } from '#functions/lib/click-token.ts'

const target = { org: 'demo', campaignId: 'cmp_1', platform: 'meta', jobId: 'job_1' }

describe('click tokens', () => {
  test('say whose click it is and hold under their secret alone', () => {
    const token = signClick(target, 's3cret')
    expect(readClick(token)).toEqual(target)
    expect(verifyClick(token, 's3cret')).toBe(true)
    expect(verifyClick(token, 'other')).toBe(false)
  })

  test('fail when a byte of target or signature is changed, and never throw on rubbish', () => {
    const token = signClick(target, 's3cret')
    const forged = signClick({ ...target, jobId: 'job_2' }, 'guess')
    expect(verifyClick(`${forged.split('.')[0]}.${token.split('.')[1]}`, 's3cret')).toBe(false)
    for (const text of ['', '.', 'a.b.c', 'https://evil.example', '../../x', `${token}x`]) {
      expect(() => readClick(text)).not.toThrow()
      expect(verifyClick(text, 's3cret')).toBe(false)
    }
  })
})
