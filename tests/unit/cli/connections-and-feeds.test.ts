import { expect, test } from 'vitest'
import { ConnectionInput } from '#functions/capabilities/connections/connect.ts'
import { adflux } from './adflux.ts'
import { KEY } from './fake-api.ts'
import { echo, sends, taughtApi } from './taught-api.ts'

const ADD = 'connections add meta --account-id act_77 --page-id 11 --pixel-id 22 --setting region=latam'.split(' ')

test.each([
  [['--token-stdin'], { stdin: 'EAAB-secret-token\n' }],
  [[], { env: { ADFLUX_PLATFORM_TOKEN: 'EAAB-secret-token' } }],
])('a token comes by stdin or environment and is never shown: %j', async (more, world) => {
  const connection = { platform: 'meta', accountId: '77', status: 'ok', settings: {}, tokenLast4: 'oken' }
  const { code, sent, stdout, stderr } = await sends(
    [...ADD, ...more, '--verbose'],
    'PUT /v1/connections/meta',
    () => ({ body: connection }),
    world,
  )
  expect(code).toBe(0)
  expect(ConnectionInput.parse(sent?.body)).toEqual({
    accountId: '77',
    token: 'EAAB-secret-token',
    settings: { pageId: '11', pixelId: '22', region: 'latam' },
  })
  expect(stdout + stderr).not.toContain('secret')
  expect(stdout + stderr).not.toContain(KEY)
})

test('without a token nothing is sent', async () => {
  const api = await taughtApi({})
  const { code, stderr } = await adflux(ADD, { env: api.env })
  expect(code).toBe(1)
  expect(stderr).toContain('Pipe it in with --token-stdin, or set ADFLUX_PLATFORM_TOKEN')
  expect(api.seen).toEqual([])
})

test('a connection that the platform refuses is exit 1, after the document', async () => {
  const body = { platform: 'meta', accountId: '77', status: 'failing', lastError: 'Error validating access token' }
  const { code, document, stderr } = await sends(
    ['connections', 'check', '--platform', 'meta'],
    'POST /v1/connections/meta/check',
    () => ({ body }),
  )
  expect(code).toBe(1)
  expect(document).toEqual(body)
  expect(stderr).toContain('meta refuses the connection: Error validating access token. Give it a new token')
})

test('a feed is added with its secret from stdin, and removed', async () => {
  const argv =
    'feeds add --name Acme --format greenhouse --url https://x.example/jobs --every 60 --webhook-secret-stdin'.split(
      ' ',
    )
  const { sent } = await sends(argv, 'POST /v1/feeds', echo, { stdin: 'hush\n' })
  expect(sent?.body).toEqual({
    name: 'Acme',
    format: 'greenhouse',
    url: 'https://x.example/jobs',
    everyMinutes: 60,
    webhookSecret: 'hush',
  })
  const removed = await sends(['feeds', 'remove', 'f1'], 'DELETE /v1/feeds/f1', () => ({ status: 204, body: '' }))
  expect(removed).toMatchObject({ code: 0, document: { id: 'f1', removed: true } })
})
