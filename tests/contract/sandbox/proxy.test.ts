import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_ACCOUNT } from '#local/sandbox/accounts.ts'
import { certificates } from '#local/sandbox/net/certificates.ts'
import { pngImage } from './images.ts'
import { DAY, type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await testSandbox({ settings: { reportSeconds: 0.4 } })
})
afterAll(() => sandbox.remove())

const access = {
  token: ANDES_ACCOUNT.token,
  account: ANDES_ACCOUNT.id,
  page: ANDES_ACCOUNT.pageId,
  pixel: ANDES_ACCOUNT.pixelId,
}

test('the unmodified SDK publishes through the proxy to the real host name', async () => {
  const answer = await sandbox.child<Record<string, never>>(import.meta.resolve('./scenarios/publish-by-sdk.ts'), {
    ...access,
    image: pngImage(1200, 628).toString('base64'),
  })
  expect(answer).toMatchObject({
    width: 1200,
    received: 1,
    names: ['More 2', 'More 1', 'More 0', 'By the SDK & co'],
    state: { effective_status: 'PENDING_REVIEW' },
    refused: { name: 'FacebookRequestError', status: 400, code: 100 },
  })
  expect(String(answer.campaign)).toMatch(/^1202\d{14}$/)
})

test('the SDK polls and pages an asynchronous report, and its rows are those of the books', async () => {
  sandbox.clock.advance(9 * DAY)
  const { seen, pages, rows } = await sandbox.child<{ seen: string[]; pages: number; rows: { spend: string }[] }>(
    import.meta.resolve('./scenarios/report-by-sdk.ts'),
    access,
  )
  expect(seen).toContain('Job Running')
  expect(seen.at(-1)).toBe('Job Completed')
  expect(pages).toBe(Math.ceil(rows.length / 3))
  const { body } = await sandbox.control('GET', 'books')
  const truth = body.campaigns.find(({ name }: { name: string }) => name === 'By the SDK & co')
  expect(rows).toHaveLength(truth.days.length)
  const cents = rows.reduce((sum, row) => sum + Math.round(Number(row.spend) * 100), 0)
  expect(cents).toBe(truth.totals.spendMinor)
  expect(cents).toBeGreaterThan(0)
})

test('every other host is refused with 403 and the refusal is kept: nothing leaves the machine', async () => {
  const answers = await sandbox.child<string[]>(import.meta.resolve('./scenarios/leave-the-machine.ts'), {
    addresses: ['https://example.com/', 'https://www.facebook.com/', 'https://graph.facebook.com:8443/'],
  })
  for (const answer of answers) expect(answer).toMatch(/refused/)
  const { body } = await sandbox.control('GET', 'books')
  expect(body.deniedHosts.map(({ host, port }: { host: string; port: number }) => `${host}:${port}`)).toEqual([
    'example.com:443',
    'graph.facebook.com:8443',
    'www.facebook.com:443',
  ])
})

test('a restart keeps the certificate authority, because running clients trust it', async () => {
  const before = readFileSync(sandbox.caFile, 'utf8')
  sandbox = await sandbox.restart()
  expect(readFileSync(sandbox.caFile, 'utf8')).toBe(before)
  expect((await sandbox.graph('GET', 'me')).status).toBe(200)
})

test('keys are readable by their owner alone, and the certificate is made again when a host is added', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adflux-certificates-'))
  const first = certificates(folder, ['graph.facebook.com'])
  for (const file of ['ca.pem', 'ca.key', 'tls.pem', 'tls.key'])
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
  expect(certificates(folder, ['graph.facebook.com']).cert).toBe(first.cert)
  const authority = readFileSync(first.caFile, 'utf8')
  expect(certificates(folder, ['graph.facebook.com', 'oauth2.googleapis.com']).cert).not.toBe(first.cert)
  expect(readFileSync(first.caFile, 'utf8')).toBe(authority)
  rmSync(folder, { recursive: true })
})
