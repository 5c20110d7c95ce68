import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { adflux, freshFolder } from './adflux.ts'
import { type FakeApi, fakeApi, problem, type Route } from './fake-api.ts'

let api: FakeApi
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const MIB = 1024 * 1024
const NONE = { received: 0, created: 0, updated: 0, unchanged: 0, closed: 0, stale: 0, merged: 0, rejected: 0 }

function file(name: string, content: string | Buffer): { cwd: string; name: string } {
  const cwd = freshFolder()
  writeFileSync(join(cwd, name), content)
  return { cwd, name }
}

/** Counts what it is sent as `ingest-jobs` does, and rejects every record without a title. */
const ingest: Route = ({ bytes, headers }) => {
  const raw = headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
  if (bytes.length > 10 * MIB || raw.length > 50 * MIB) return problem(413, 'Too large')
  const text = raw.toString('utf8')
  const records = headers['content-type'] === 'application/x-ndjson' ? linesOf(text) : elementsOf(text)
  const problems = records.flatMap(({ at, title }, index) =>
    title ? [] : [{ index, at, message: 'no title', remedy: 'Give it one.' }],
  )
  const created = records.length - problems.length
  return {
    body: { ...NONE, received: records.length, created, rejected: problems.length, problems, jobs: [] },
  }
}
interface Found {
  at: string
  title: string | undefined
}
const linesOf = (text: string): Found[] =>
  text.split('\n').flatMap((line, i) => (line.trim() ? [{ at: `line ${i + 1}`, title: JSON.parse(line).title }] : []))
const elementsOf = (text: string): Found[] => {
  const document = JSON.parse(text)
  const [list, under] = Array.isArray(document) ? [document, ''] : [document.jobs, '/jobs']
  return list.map(({ title }: { title?: string }, i: number) => ({ at: `${under}/${i}/title`, title }))
}

test('a file goes as it is, with its format and source, and the answer is the one document on stdout', async () => {
  api = await fakeApi({ 'POST /ingest/v1/jobs': ingest })
  const { cwd, name } = file('board.json', '{"jobs":[{"title":"A"},{"id":2}]}')
  const argv = ['jobs', 'import', name, '--format', 'greenhouse', '--source', 'careers', '--json']
  const { code, stdout, stderr } = await adflux(argv, { env: api.env, cwd })
  expect(code).toBe(0)
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ received: 2, created: 1, rejected: 1 },
    problems: [{ index: 1, at: '/jobs/1/title', message: 'no title', remedy: 'Give it one.' }],
  })
  expect(api.seen).toMatchObject([{ query: { format: 'greenhouse', source: 'careers' } }])
  expect(api.seen[0]?.bytes.toString()).toBe('{"jobs":[{"title":"A"},{"id":2}]}')
})

test('for people, the sums are a line and what was rejected follows on stderr', async () => {
  api = await fakeApi({ 'POST /ingest/v1/jobs': ingest })
  const { cwd, name } = file('x.ndjson', '{"title":"A"}\n{"id":2}\n')
  const { stdout, stderr } = await adflux(['jobs', 'import', name], { env: api.env, cwd })
  expect(stdout).toBe('2 received: 1 created, 1 rejected\n')
  expect(stderr).toBe('  record 2, line 2: no title (Give it one.)\n')
})

test('stdin is a file too', async () => {
  api = await fakeApi({ 'POST /ingest/v1/jobs': ingest })
  const { stdout } = await adflux(['jobs', 'import', '-', '--json'], { env: api.env, stdin: '[{"title":"A"}]' })
  expect(JSON.parse(stdout)).toMatchObject({ received: 1, created: 1 })
})

test('a compressed file stays compressed on its way', async () => {
  api = await fakeApi({ 'POST /ingest/v1/jobs': ingest })
  const bytes = gzipSync('[{"title":"A"}]')
  const { cwd, name } = file('x.json.gz', bytes)
  const { code } = await adflux(['jobs', 'import', name], { env: api.env, cwd })
  expect(code).toBe(0)
  expect(api.seen[0]?.bytes.equals(bytes)).toBe(true)
  expect(api.seen[0]?.headers['content-encoding']).toBe('gzip')
})

test('12 MiB go in two pushes; sums are added and places are those of the whole file', async () => {
  api = await fakeApi({ 'POST /ingest/v1/jobs': ingest })
  const filler = 'x'.repeat(2000)
  const records = Array.from({ length: 6000 }, (_, i) => (i === 5000 ? { filler } : { title: `Job ${i}`, filler }))
  const ndjson = file('big.ndjson', records.map((r) => JSON.stringify(r)).join('\n'))
  const lines = await adflux(['jobs', 'import', ndjson.name, '--json'], { env: api.env, cwd: ndjson.cwd })
  expect(JSON.parse(lines.stdout)).toMatchObject({ received: 6000, created: 5999, rejected: 1 })
  expect(JSON.parse(lines.stdout).problems).toMatchObject([{ index: 5000, at: 'line 5001' }])
  expect(api.seen).toHaveLength(2)
  expect(new Set(api.seen.map((r) => r.headers['idempotency-key'])).size).toBe(2)

  const json = file('big.json', JSON.stringify({ meta: 1, jobs: records }))
  const board = await adflux(['jobs', 'import', json.name, '--json'], { env: api.env, cwd: json.cwd })
  expect(JSON.parse(board.stdout)).toMatchObject({ received: 6000, created: 5999, rejected: 1 })
  expect(JSON.parse(board.stdout).problems).toMatchObject([{ index: 5000, at: '/jobs/5000/title' }])
})

test('a small file that inflates beyond 50 MiB is split too', async () => {
  api = await fakeApi({ 'POST /ingest/v1/jobs': ingest })
  const line = `${JSON.stringify({ title: 'A', filler: ' '.repeat(9990) })}\n`
  const { cwd, name } = file('x.ndjson.gz', gzipSync(Buffer.from(line.repeat(5400))))
  const { stdout } = await adflux(['jobs', 'import', name, '--json'], { env: api.env, cwd })
  expect(JSON.parse(stdout)).toMatchObject({ received: 5400, created: 5400, rejected: 0 })
  expect(api.seen.length).toBeGreaterThan(5)
})

test('a push that fails in the middle says how far it came and what to do', async () => {
  let pushes = 0
  api = await fakeApi({
    'POST /ingest/v1/jobs': (request) => (++pushes === 1 ? ingest(request) : problem(500, 'Something broke')),
  })
  const line = `${JSON.stringify({ title: 'A', filler: 'x'.repeat(9990) })}\n`
  const { cwd, name } = file('x.ndjson', line.repeat(1200))
  const { code, stdout, stderr } = await adflux(['jobs', 'import', name], { env: api.env, cwd })
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toMatch(
    /^adflux: x\.ndjson was taken up to record \d{3}, then: Something broke\. Run the same command again: what was taken stays\.\n$/,
  )
})

test('a file of which nothing can be taken is a failure, with its sums all the same', async () => {
  api = await fakeApi({ 'POST /ingest/v1/jobs': ingest })
  const { cwd, name } = file('x.json', '[{"id":1},{"id":2}]')
  const { code, stdout, stderr } = await adflux(['jobs', 'import', name, '--json'], { env: api.env, cwd })
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ received: 2, rejected: 2 })
  expect(stderr).toBe(
    'adflux: Every record was rejected. record 1, /0/title: no title (Give it one.); record 2, /1/title: no title (Give it one.)\n',
  )
})

test.each([
  ['nowhere.json', 'nowhere.json does not exist.', undefined],
  ['.', '. is a folder. Give it one file at a time.', undefined],
  ['empty.json', 'empty.json is empty.', ''],
  ['broken.gz', 'broken.gz is a broken gzip file', gzipSync('x'.repeat(1000)).subarray(0, 20)],
  ['one.json', 'one.json is too large for one push and cannot be split', `{"title":"${'x'.repeat(11 * MIB)}"}`],
])('%s: %s', async (name, words, content) => {
  api = await fakeApi({})
  const { cwd } = content === undefined ? { cwd: freshFolder() } : file(name, content)
  const { code, stdout, stderr } = await adflux(['jobs', 'import', name], { env: api.env, cwd })
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(api.seen).toEqual([])
})

test('without an address for jobs it says which one is missing', async () => {
  api = await fakeApi({})
  const { cwd, name } = file('x.json', '[{"title":"A"}]')
  const { code, stderr } = await adflux(['jobs', 'import', name], { env: { ...api.env, ADFLUX_INGEST_URL: '' }, cwd })
  expect(code).toBe(1)
  expect(stderr).toContain('Set ADFLUX_INGEST_URL')
})

test('candidates go in requests of at most 900 kB, inflated, with their mapping and currency', async () => {
  api = await fakeApi({
    'POST /v1/candidates/import': ({ bytes }) => {
      if (bytes.length > 900_000) return problem(413, 'Too large')
      const received = bytes.toString().trim().split('\n').length - 1
      return { body: { received, created: received, updated: 0, unchanged: 0, rejected: 0, problems: [] } }
    },
  })
  const rows = Array.from({ length: 30_000 }, (_, i) => `c${i},${i % 20},2500,"Java; SQL, and a comma"`)
  const { cwd, name } = file('people.csv.gz', gzipSync(['id,Years,Pay,Skills', ...rows].join('\n')))
  const argv = [
    'candidates',
    'import',
    name,
    '--map',
    'Years=yearsExperience',
    '--map',
    'Skills=',
    '--map',
    'Pay=desiredSalary',
    '--source',
    'fair',
    '--currency',
    'cop',
    '--json',
  ]
  const { code, stdout } = await adflux(argv, { env: api.env, cwd })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ received: 30_000, created: 30_000, rejected: 0, problems: [] })
  expect(api.seen.length).toBeGreaterThan(1)
  for (const { query, headers, bytes } of api.seen) {
    expect(JSON.parse(query.mapping ?? '')).toEqual({ Years: 'yearsExperience', Pay: 'desiredSalary:COP', Skills: '' })
    expect(query.source).toBe('fair')
    expect(headers['content-type']).toBe('text/csv')
    expect(bytes.toString().startsWith('id,Years,Pay,Skills\n')).toBe(true)
  }
})

test('a bar moves on stderr for a person at a terminal, and for nobody else', async () => {
  api = await fakeApi({ 'POST /ingest/v1/jobs': ingest })
  const line = `${JSON.stringify({ title: 'A', filler: 'x'.repeat(9990) })}\n`
  const { cwd, name } = file('x.ndjson', line.repeat(1200))
  const shown = await adflux(['jobs', 'import', name], { env: api.env, cwd, columns: 100 })
  expect(shown.stderr).toContain('Jobs')
  expect(shown.stdout).toBe('1,200 received: 1,200 created, 0 rejected\n')
  for (const world of [
    { env: api.env, cwd },
    { env: { ...api.env, CI: 'true' }, cwd, columns: 100 },
  ])
    expect((await adflux(['jobs', 'import', name], world)).stderr).toBe('')
  expect((await adflux(['jobs', 'import', name, '--json'], { env: api.env, cwd, columns: 100 })).stderr).toBe('')
})
