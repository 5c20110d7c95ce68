import { describe, expect, test } from 'vitest'
import { CONNECTION_FIELDS, joinCredentials } from '#domain/connection-fields.ts'
import { readCredentials } from '#domain/credentials.ts'
import { PLATFORMS } from '#domain/ids.ts'

describe('what a person fills in to connect an account', () => {
  test('is a lone token for Meta, kept as it is', () => {
    expect(joinCredentials('meta', (key) => `the ${key}`)).toBe('the token')
  })

  test.each(['google-ads', 'amazon-ads'] as const)('has every part that %s’s adapter reads', (platform) => {
    const secret = joinCredentials(platform, (key) => `some ${key}`)
    const { clientId, refreshToken } = readCredentials(platform, secret)
    expect([clientId, refreshToken]).toEqual(['some clientId', 'some refreshToken'])
  })

  test.each(PLATFORMS)('names no field of %s twice', (platform) => {
    const { credentials, settings } = CONNECTION_FIELDS[platform]
    const names = [...credentials, ...settings.map(({ key }) => key)]
    expect(new Set(names).size).toBe(names.length)
  })
})
