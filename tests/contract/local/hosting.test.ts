import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { allowConnections, hostingConfig } from '#local/hosting/hosting-config.ts'
import { startConsole } from '#local/hosting/start-console.ts'
import { ROOT, read } from '#tests/support/project-files.ts'

const hosting = hostingConfig(pathToFileURL(join(ROOT, 'firebase.json')))
const EMULATOR = 'http://127.0.0.1:7305'

const USERS = (['admin', 'viewer'] as const).flatMap((role) =>
  ['demo', 'acme'].map((org) => ({
    ...{ uid: `${org}-${role}`, email: `${role}@${org}.adflux.test`, password: 'secret', role, org },
  })),
)

type Call = { method: string | undefined; url: string | undefined; headers: IncomingMessage['headers']; body: string }

/** The console by the real firebase.json over a folder with three files, and functions that note what they are called with. */
async function console() {
  const root = mkdtempSync(join(tmpdir(), 'adflux-hosting-'))
  const built = join(root, 'web', 'dist')
  mkdirSync(join(built, 'assets'), { recursive: true })
  writeFileSync(join(built, 'index.html'), '<!doctype html><title>AdFlux</title>')
  writeFileSync(join(built, 'about.html'), '<!doctype html><title>About</title>')
  writeFileSync(join(built, 'assets', 'main-1a2b.js'), 'export {}')

  const calls: Call[] = []
  const functions = createServer(async (req, res) => {
    let body = ''
    for await (const part of req) body += part
    calls.push({ method: req.method, url: req.url, headers: req.headers, body })
    res.writeHead(req.url?.includes('missing') ? 404 : 201, { 'content-type': 'application/json', etag: '"3"' })
    res.end('{"from":"function"}')
  })
  await new Promise<void>((resolve) => functions.listen(0, '127.0.0.1', resolve))
  const running = await startConsole({
    port: 0,
    root,
    hosting: allowConnections(hosting, [EMULATOR]),
    functionsUrl: `http://127.0.0.1:${(functions.address() as AddressInfo).port}`,
    config: { local: true, projectId: 'demo-adflux' },
    users: USERS,
    customToken: async (uid) => `token-of-${uid}`,
  })
  const stopFunctions = () => {
    functions.closeAllConnections()
    return new Promise<void>((resolve) => functions.close(() => resolve()))
  }
  onTestFinished(async () => {
    await running.stop()
    if (functions.listening) await stopFunctions()
    rmSync(root, { recursive: true, force: true })
  })
  return { url: running.url, calls, stopFunctions }
}

const get = (url: string) => fetch(url, { redirect: 'manual' })

test('a page carries the whole set of headers and is never cached', async () => {
  const { url } = await console()
  const page = await get(`${url}/`)
  const { date: _, etag, 'last-modified': _modified, ...headers } = Object.fromEntries(page.headers)
  expect(headers).toMatchInlineSnapshot(`
    {
      "cache-control": "no-store",
      "connection": "keep-alive",
      "content-length": "36",
      "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; connect-src 'self' https://firestore.googleapis.com https://identitytoolkit.googleapis.com https://securetoken.googleapis.com http://127.0.0.1:7305; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types app dompurify",
      "content-type": "text/html; charset=utf-8",
      "cross-origin-opener-policy": "same-origin-allow-popups",
      "cross-origin-resource-policy": "same-origin",
      "keep-alive": "timeout=5",
      "permissions-policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
      "referrer-policy": "no-referrer",
      "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
      "vary": "Accept-Encoding",
      "x-content-type-options": "nosniff",
    }
  `)
})

test('only the connections of the policy are loosened for the emulators, nothing else', () => {
  const policies = (of: typeof hosting) =>
    of.headers.flatMap(({ headers }) => headers.filter(({ key }) => key === 'Content-Security-Policy'))
  const [published] = policies(hosting)
  const [local] = policies(allowConnections(hosting, [EMULATOR]))
  expect(published?.value).not.toMatch(/127\.0\.0\.1|localhost/)
  expect(local?.value.replace(` ${EMULATOR}`, '')).toBe(published?.value)
  expect(local?.value).toMatch(new RegExp(`connect-src [^;]* ${EMULATOR}[;]`))
})

test('assets are kept for a year, and one that is gone is 404, not the page', async () => {
  const { url } = await console()
  const asset = await get(`${url}/assets/main-1a2b.js`)
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(asset.headers.get('x-content-type-options')).toBe('nosniff')
  const gone = await get(`${url}/assets/main-0000.js`)
  expect(gone.status).toBe(404)
})

test('a deep link gives the page, uncached', async () => {
  const { url } = await console()
  for (const path of ['/campaigns/CMP-0001', '/signin', '/jobs?status=open']) {
    const page = await get(`${url}${path}`)
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await page.text()).toContain('<title>AdFlux</title>')
  }
})

test('addresses are clean: without .html and without a slash at the end', async () => {
  const { url } = await console()
  const named = await get(`${url}/about.html?x=1`)
  expect([named.status, named.headers.get('location')]).toEqual([301, '/about?x=1'])
  expect(await (await get(`${url}/about`)).text()).toContain('About')
})

test.each([
  ['/v1/jobs?limit=2', '/api/v1/jobs?limit=2'],
  ['/v1/campaigns/CMP-0001/publish', '/api/v1/campaigns/CMP-0001/publish'],
  ['/auth/login', '/api/auth/login'],
  ['/openapi.json', '/api/openapi.json'],
  ['/docs', '/api/docs'],
  ['/docs/swagger-ui.css', '/api/docs/swagger-ui.css'],
  ['/healthz', '/api/healthz'],
  ['/compat/greenhouse/jobs', '/api/compat/greenhouse/jobs'],
  ['/c/abc.def', '/track-click/c/abc.def'],
  ['/hooks/f3/x', '/ingest-jobs/hooks/f3/x'],
])('%s goes to its function with the path kept', async (path, arrives) => {
  const { url, calls } = await console()
  const answer = await get(`${url}${path}`)
  expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([201, '"3"', '{"from":"function"}'])
  expect(calls.map((call) => call.url)).toEqual([arrives])
})

test('a call goes through with method, headers and body, and the answer of a function is not replaced by a page', async () => {
  const { url, calls } = await console()
  const headers = { authorization: 'Bearer key', 'content-type': 'application/json', 'idempotency-key': 'k1' }
  await fetch(`${url}/v1/jobs`, { method: 'POST', headers, body: '{"title":"x"}' })
  expect(calls).toMatchObject([
    { method: 'POST', body: '{"title":"x"}', headers: { ...headers, 'x-forwarded-host': new URL(url).host } },
  ])
  const missing = await get(`${url}/v1/missing`)
  expect([missing.status, await missing.json()]).toEqual([404, { from: 'function' }])
})

test('while the function host is away a call gets 503 and when to come back', async () => {
  const { url, stopFunctions } = await console()
  await stopFunctions()
  const answer = await get(`${url}/v1/jobs`)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})

test('the console finds its emulators by /config.json', async () => {
  const { url } = await console()
  expect(await (await get(`${url}/config.json`)).json()).toEqual({ local: true, projectId: 'demo-adflux' })
})

test.each([
  ['', '/signin#token=token-of-demo-admin'],
  ['?user=viewer', '/signin#token=token-of-demo-viewer'],
  ['?user=admin&org=acme', '/signin#token=token-of-acme-admin'],
  ['?user=viewer@acme.adflux.test', '/signin#token=token-of-acme-viewer'],
])('one click on /local/signin%s signs in', async (query, location) => {
  const { url } = await console()
  const answer = await get(`${url}/local/signin${query}`)
  expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([
    302,
    location,
    'no-store',
  ])
})

test('nobody else gets a token: an unknown user, and a page that reaches this machine under another name', async () => {
  const { url } = await console()
  expect((await get(`${url}/local/signin?user=root`)).status).toBe(404)
  const rebound = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}/local/signin`, { headers: { host: 'evil.example' } }, resolve)
      .on('error', reject)
      .end()
  })
  rebound.resume()
  expect(rebound.statusCode).toBe(403)
  expect(rebound.headers.location).toBeUndefined()
})

test('every function that firebase.json sends calls to is in the list and open to the public', () => {
  const { functions } = JSON.parse(read('functions/functions.json'))
  const named = hosting.rewrites.flatMap((rewrite) => ('run' in rewrite ? [rewrite.run.serviceId] : []))
  expect(new Set(named)).toEqual(new Set(['api', 'track-click', 'ingest-jobs']))
  for (const name of named) expect(functions[name].trigger).toEqual({ http: { public: true } })
})
