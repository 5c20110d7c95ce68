import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NotSplittable, type Splitting } from '../../../cli/src/split/frame.ts'
import { kindOf } from '../../../cli/src/split/input.ts'
import { splitJson } from '../../../cli/src/split/json.ts'
import { splitCsv, splitNdjson } from '../../../cli/src/split/lines.ts'
import { type Part, partsOf } from '../../../cli/src/split/parts.ts'
import { closingTags, splitXml } from '../../../cli/src/split/xml.ts'

/** The text in pieces of `size` bytes, as a disk or a pipe might give it. */
async function* pieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const parts = async (splitting: Splitting, limit: number): Promise<Part[]> =>
  (await collect(partsOf(splitting, limit))).filter((part): part is Part => 'bytes' in part)

const texts = (all: Part[]): string[] => all.map((part) => part.bytes.toString('utf8'))
const BOUND = 10_000

const anything = fc.jsonValue({ maxDepth: 3 })
const size = fc.integer({ min: 1, max: 40 })

test('a JSON array comes back element by element, wherever the pieces are cut', async () => {
  const indent = fc.constantFrom(0, 2)
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 12 }), size, indent, async (values, cut, spaces) => {
      const text = JSON.stringify(values, null, spaces)
      const limit = Math.max(80, Math.ceil(text.length / 2) + 2)
      const all = await collect(partsOf(splitJson(pieces(text, cut), BOUND), limit))
      const kept = all.flatMap((part) => ('bytes' in part ? JSON.parse(part.bytes.toString('utf8')) : [part]))
      // What is larger than a part stands as itself in the comparison: it is told apart by its place.
      const expected = (JSON.parse(text) as unknown[]).map((value, i) =>
        all.some((part) => !('bytes' in part) && part.index === i) ? expect.objectContaining({ index: i }) : value,
      )
      expect(kept).toEqual(expected)
      for (const part of all) if ('bytes' in part) expect(part.bytes.length).toBeLessThanOrEqual(limit)
    }),
  )
})

test("a vendor's document is split along its list, and what stands before the list goes with every part", async () => {
  const board = JSON.stringify({
    meta: { total: 3, jobs: [1] },
    departments: [{ id: 1 }],
    jobs: [
      { id: 1, t: 'a]}"' },
      { id: 2, t: '\\"[{' },
      { id: 3, t: 'x' },
    ],
    after: true,
  })
  for (const cut of [1, 7, 1000]) {
    const all = await parts(splitJson(pieces(board, cut), BOUND), 100)
    const read = all.map((part) => JSON.parse(part.bytes.toString('utf8')))
    expect(read.flatMap((d) => d.jobs.map((j: { id: number }) => j.id))).toEqual([1, 2, 3])
    expect(read.length).toBeGreaterThan(1)
    for (const document of read) expect(document).toMatchObject({ meta: { total: 3 }, departments: [{ id: 1 }] })
  }
})

test('one JSON object without a list cannot be split, and says so', async () => {
  await expect(parts(splitJson(pieces('{"title":"x","skills":{"a":[1]}}', 5), BOUND), 100)).rejects.toThrow(
    NotSplittable,
  )
})

test('NDJSON keeps its lines: a broken one spoils no other', async () => {
  const text = '{"a":1}\n\n{"broken\n{"a":2}\n  \n{"a":3}'
  for (const cut of [1, 3, 100]) {
    const all = await parts(splitNdjson(pieces(text, cut), BOUND), 18)
    expect(texts(all).join('')).toBe(text)
    expect(all.reduce((n, part) => n + part.records, 0)).toBe(4)
  }
})

test('every part says where its records stood', async () => {
  const text = ['{"a":1}', '{"a":2}', '', '{"a":3}', '{"a":4}', ''].join('\n')
  const all = await parts(splitNdjson(pieces(text, 4), BOUND), 16)
  expect(all.map(({ records, firstRecord, linesBefore }) => [records, firstRecord, linesBefore])).toEqual([
    [2, 0, 0],
    [1, 2, 2],
    [1, 3, 4],
  ])
})

test('CSV rows may hold line breaks, quotes and the delimiter; every part begins with the header', async () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'x', '5" disk', 'a,b', 'two\nlines', '"', 'é ñ', 'a\r\nb'),
    fc.string({ maxLength: 8 }),
  )
  const quote = (text: string): string =>
    /[",\n\r;]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }),
      size,
      fc.constantFrom('\n', '\r\n'),
      async (cells, cut, eol) => {
        const rows = cells.map((row, i) => [`r${i}`, ...row].map(quote).join(','))
        const text = ['id,first,second', ...rows].join(eol)
        const all = await parts(splitCsv(pieces(text, cut), BOUND), 120)
        for (const part of texts(all)) expect(part.startsWith(`id,first,second${eol}`)).toBe(true)
        const back = texts(all)
          .map((part) => part.slice(`id,first,second${eol}`.length))
          .join('')
        expect(back.trimEnd()).toBe(rows.join(eol).trimEnd())
        expect(all.reduce((n, part) => n + part.records, 0)).toBe(rows.length)
      },
    ),
  )
})

test('a semicolon may separate the cells, and a quote inside a word opens nothing', async () => {
  const text = 'id;title\n1;"a\nb"\n2;5" disk\n3;x\n'
  const all = await parts(splitCsv(pieces(text, 2), BOUND), 25)
  expect(texts(all)).toEqual(['id;title\n1;"a\nb"\n', 'id;title\n2;5" disk\n3;x\n'])
  expect(all.map((part) => [part.headLines, part.linesBefore])).toEqual([
    [1, 1],
    [1, 3],
  ])
})

const FEED = `<?xml version="1.0"?>
<!-- <job>not one</job> -->
<source><publisher>P &amp; Q</publisher><link/>
<job><title><![CDATA[Nurse </job> <job>]]></title></job>
<job id="2"><!-- </job> --><jobtype>full</jobtype></job>

<job><title>Chef</title></job ></source>`

test('an XML feed is split by <job>, with what encloses the jobs around every part', async () => {
  for (const cut of [1, 10, 10_000]) {
    const all = await parts(splitXml(pieces(FEED, cut), BOUND), 180)
    expect(all.map((part) => part.records)).toEqual([1, 1, 1])
    for (const part of texts(all)) {
      expect(part.startsWith('<?xml version="1.0"?>\n<!-- <job>not one</job> -->\n<source><publisher>')).toBe(true)
      expect(part.endsWith('</source>')).toBe(true)
    }
    expect(texts(all)[0]).toContain('<job><title><![CDATA[Nurse </job> <job>]]></title></job></source>')
    expect(texts(all)[1]).toContain('<job id="2"><!-- </job> --><jobtype>full</jobtype></job></source>')
    expect(all.map((part) => part.headLines)).toEqual([3, 3, 3])
    // Line 4 of the file is line 4 of the first part; the second job's line 5 is line 4 + 1 of its part.
    expect(all.map((part) => part.linesBefore)).toEqual([3, 3, 4])
  }
})

test('an RSS feed is split by <item>, and both of its enclosing elements are closed', async () => {
  const text =
    '<rss version="2.0"><channel><title>T</title><item><title>a</title></item><item><title>b</title></item></channel></rss>'
  const all = await parts(splitXml(pieces(text, 9), BOUND), 90)
  expect(texts(all)).toEqual([
    '<rss version="2.0"><channel><title>T</title><item><title>a</title></item></channel></rss>',
    '<rss version="2.0"><channel><title>T</title><item><title>b</title></item></channel></rss>',
  ])
  expect(closingTags('<a><b/><c></c><d x="1">')).toBe('</d></a>')
})

test('a file that is cut off in a record keeps that record, so that the server can name the place', async () => {
  const json = await parts(splitJson(pieces('[{"a":1},{"b":', 3), BOUND), 100)
  expect(texts(json)).toEqual(['[{"a":1},{"b":]'])
  const xml = await parts(splitXml(pieces('<s><job>a</job><job>b', 3), BOUND), 100)
  expect(texts(xml)).toEqual(['<s><job>a</job><job>b</s>'])
})

test('a record that no part can carry is named, and the others go on', async () => {
  const big = JSON.stringify({ text: 'x'.repeat(500) })
  const all = await collect(partsOf(splitJson(pieces(`[{"a":1},${big},{"a":3}]`, 50), 200), 200))
  expect(all).toMatchObject([
    { records: 1, firstRecord: 0 },
    { index: 1, size: big.length },
    { records: 1, firstRecord: 2 },
  ])
})

test.each([
  ['  [1]', 'x.txt', 'json'],
  ['\uFEFF{"a":1}\n{"a":2}', 'x', 'ndjson'],
  ['{\n "a": 1', 'x.json', 'json'],
  ['{"action":"job_created"}\n', 'x.json', 'json'],
  ['{"jobs":[{"a":1},', 'x.json', 'json'],
  ['{"broken', 'x.ndjson.gz', 'ndjson'],
  ['<?xml', '-', 'xml'],
  ['id,title', 'x.json', 'csv'],
])('%j of %s is %s', (text, name, kind) => {
  expect(kindOf(Buffer.from(text), name)).toBe(kind)
})
