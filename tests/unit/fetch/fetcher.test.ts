import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkedUrl } from '#functions/adapters/fetch/address.ts'
import { publicFetcher, type Resolve } from '#functions/adapters/fetch/fetcher.ts'

/** Listens where no request of the product may ever arrive. */
const canary = createServer((request, response) => {
  hits.push(request.url ?? '')
  if (request.url?.startsWith('/to?')) response.writeHead(302, { location: decodeURIComponent(request.url.slice(4)) })
  response.end('secret')
})
let hits: string[] = []
let port = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  port = (canary.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => canary.close(resolve)))
beforeEach(() => {
  hits = []
})

const LOCAL = { clockFile: '', jwksUrl: '', tasksHost: '', schedulerHost: '', secretsHost: '', metadataHost: '' }
const resolvesTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

describe('in production, an address is refused before anything is sent', () => {
  const fetcher = publicFetcher({}, resolvesTo('127.0.0.1'))

  test.each([
    'http://169.254.169.254/computeMetadata/v1/',
    'http://example.com/feed',
    'https://169.254.169.254/',
    'https://[::ffff:169.254.169.254]/',
    'https://[::ffff:7f00:1]/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://127.1/',
    'https://0177.0.0.1/',
    'https://127.0.0.1/',
    'https://127。0。0。1/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.0.1/',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[fe80::1]/',
    'https://[fc00::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://example.com:8443/feed',
    'https://user@example.com/feed',
    'https://user:secret@example.com/feed',
    'file:///etc/passwd',
    'gopher://example.com/',
    'ftp://example.com/feed.xml',
    'data:text/xml,<source/>',
    'not an address',
    '',
  ])('%s', async (url) => {
    await expect(fetcher.get(url)).rejects.toMatchObject({
      code: 'unprocessable',
      details: { problems: [{ at: 'url', message: 'url_not_allowed' }] },
    })
  })

  test.each([
    ['to this machine', ['127.0.0.1']],
    ['to the metadata server', ['169.254.169.254']],
    ['to a private network by IPv6', ['fd00::1']],
    ['to a public address and a private one', ['93.184.216.34', '10.0.0.1']],
  ])('a name that leads %s', async (_, addresses) => {
    await expect(
      publicFetcher({}, resolvesTo(...addresses)).get('https://localtest.example/feed'),
    ).rejects.toMatchObject({
      code: 'unprocessable',
    })
    expect(hits).toEqual([])
  })

  test('a fragment that looks like a host changes nothing', () => {
    expect(() => checkedUrl('https://u@h#@evil', false)).toThrow('user name')
    expect(checkedUrl('https://example.com/#@evil', false).host).toBe('example.com')
  })

  test('a name is resolved once: what is connected to is what was checked', async () => {
    const answers = [['93.184.216.34'], ['127.0.0.1']]
    const asked: string[] = []
    const rebinding: Resolve = async (host) => {
      asked.push(host)
      return resolvesTo(...(answers.shift() ?? []))(host)
    }
    // Nothing answers there, or something else does; what matters is that the second answer was never asked for.
    const signal = await Promise.race([
      publicFetcher({}, rebinding)
        .get('https://rebind.example/feed')
        .catch((error: unknown) => error),
      new Promise((resolve) => setTimeout(resolve, 300)),
    ])
    expect(asked).toEqual(['rebind.example'])
    expect(hits).toEqual([])
    expect(signal).not.toHaveProperty('status', 200)
  })
})

describe('on the laptop', () => {
  test('a board on this machine may be pulled, over plain http and on any port', async () => {
    const { status, body } = await publicFetcher({ local: LOCAL }).get(`http://127.0.0.1:${port}/feed`)
    let text = ''
    for await (const chunk of body) text += Buffer.from(chunk).toString()
    expect([status, text, hits]).toEqual([200, 'secret', ['/feed']])
  })

  test('a redirect is checked like an address of its own', async () => {
    const to = (url: string) => `http://127.0.0.1:${port}/to?${encodeURIComponent(url)}`
    const fetcher = publicFetcher({ local: LOCAL })
    for (const url of ['http://169.254.169.254/', 'http://10.0.0.1/', 'file:///etc/passwd', 'https://10.0.0.1/'])
      await expect(fetcher.get(to(url))).rejects.toMatchObject({ code: 'unprocessable' })
    const here = await fetcher.get(to(`http://127.0.0.1:${port}/there`))
    expect(here.status).toBe(200)
    const deep = to(to(to(to(`http://127.0.0.1:${port}/end`))))
    await expect(fetcher.get(deep)).rejects.toThrow('redirects too often')
    await expect(fetcher.post(to(`http://127.0.0.1:${port}/there`), {})).rejects.toThrow('redirects too often')
  })

  test('the private network stays closed, by address and by name', async () => {
    await expect(publicFetcher({ local: LOCAL }).get('http://10.0.0.1/feed')).rejects.toMatchObject({
      code: 'unprocessable',
    })
    const fetcher = publicFetcher({ local: LOCAL }, resolvesTo('127.0.0.1'))
    await expect(fetcher.get('https://localtest.example/feed')).rejects.toMatchObject({ code: 'unprocessable' })
    expect(hits).toEqual([])
  })

  test('what does not answer is unavailable, and nothing of the answer is told', async () => {
    await expect(publicFetcher({ local: LOCAL }).get('http://127.0.0.1:1/feed')).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The feed does not answer (ECONNREFUSED)',
    })
  })
})
