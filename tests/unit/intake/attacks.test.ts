import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { DomainError } from '#domain/errors.ts'
import { extraText } from '#domain/ingest/extra.ts'
import { DESCRIPTION_CHARS } from '#domain/job.ts'
import { cleanHtml } from '#functions/lib/intake/html.ts'
import { mappingContext } from '#functions/lib/intake/items.ts'
import { type PushHint, readPushed } from '#functions/lib/intake/read.ts'
import { readPulled } from '#functions/lib/intake/stream.ts'

const context = mappingContext('2026-11-20T15:00:00Z', 'COP')
const read = (body: string | Uint8Array, hint: PushHint = {}) =>
  readPushed(typeof body === 'string' ? Buffer.from(body) : body, hint, context)

function refusal(body: string | Uint8Array, hint: PushHint = {}): DomainError {
  try {
    read(body, hint)
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('it was taken')
}
const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
const utf16be = (text: string): Buffer => utf16(text).swap16()

describe('broken JSON names its line and column', () => {
  test.each([
    ['{"title": "x",\n "company": }', 'line 2, column 13'],
    ['[{"externalId": "1"},\n\n oops]', 'line 3, column 2'],
    ['{"a": "b"', 'line 1, column 10'],
    ['[1, 2,]', 'line 1, column 7'],
    ['{"a" "b"}', 'line 1, column 6'],
    ["{'a': 1}", 'line 1, column 2'],
    ['{"a": "tab\there"}', 'line 1, column 7'],
    ['{"a": 01}', 'line 1, column 8'],
    ['{"a": 1} {"b": 2}', 'line 1, column 10'],
    ['[1}', 'line 1, column 3'],
    ['{"a": nul}', 'line 1, column 7'],
  ])('%s', (body, where) => {
    const error = refusal(body)
    expect(error).toMatchObject({ code: 'invalid' })
    expect(error.message).toContain(where)
    expect(error.details.problems?.[0]?.at).toBe(where)
  })
})

describe('JSON that is not broken', () => {
  test('keeps integers beyond 2^53 as text', () => {
    const [item] = read('[{"externalId": "a", "title": "T", "legacy": 12345678901234567890, "small": 5}]').items
    expect(item?.mapped.kind === 'posting' && item.mapped.posting.extra).toEqual({
      legacy: '12345678901234567890',
      small: 5,
    })
  })

  test('is refused where it is nested too deep, with and without large numbers in it', () => {
    for (const inner of ['', '12345678901234567890'])
      expect(refusal(`${'['.repeat(100_000)}${inner}${']'.repeat(100_000)}`)).toMatchObject({ code: 'unprocessable' })
  })

  test('cannot reach the prototype of anything', () => {
    const [item] = read(
      '{"externalId":"p","title":"T","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
    ).items
    expect(item?.mapped.kind).toBe('posting')
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  test.each(['{}', '{"jobs": 5}', '[1]', '"text"', '{"results": []}'])(
    'of no known format names those that are known: %s',
    (body) => {
      const hint = body.startsWith('"') ? { contentType: 'application/json' } : {}
      const error = refusal(body, hint)
      expect(error).toMatchObject({ code: 'unprocessable' })
      expect(error.details.remedy).toContain('greenhouse')
    },
  )

  test('of another format than the one named is refused', () => {
    expect(refusal('[{"title":"x"}]', { format: 'recruitee' })).toMatchObject({ code: 'unprocessable' })
    expect(refusal('<source></source>', { format: 'lever' })).toMatchObject({ code: 'unprocessable' })
    expect(refusal('hello', {})).toMatchObject({ code: 'unprocessable' })
  })
})

describe('text in other encodings', () => {
  const job = '[{"externalId": "ñ", "title": "Peón"}]'
  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${job}`)],
    ['UTF-16 little endian', utf16(job)],
    ['UTF-16 big endian', utf16be(job)],
    ['UTF-16 without a mark', Buffer.from(job, 'utf16le')],
  ])('%s is read', (_, body) => {
    expect(read(body).items[0]?.mapped).toMatchObject({ posting: { externalId: 'ñ', title: 'Peón' } })
  })

  test('XML in Latin-1 is read where it says so; an encoding that is not read is named', () => {
    const feed = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?><source><job><referencenumber>1</referencenumber><title>Peón</title></job></source>`
    const latin = read(Buffer.from(feed('ISO-8859-1'), 'latin1'))
    expect(latin.items[0]?.mapped).toMatchObject({ posting: { title: 'Peón' } })
    expect(refusal(feed('UTF-7'))).toMatchObject({ code: 'unprocessable', message: expect.stringContaining('utf-7') })
  })

  test('bytes that are no text are refused with their line', () => {
    const error = refusal(
      Buffer.concat([Buffer.from('[\n{"externalId": "1", "title": "Pe'), Buffer.from([0xf3]), Buffer.from('n"}]')]),
    )
    expect(error).toMatchObject({ code: 'invalid' })
    expect(error.message).toContain('UTF-8 (line 2)')
  })
})

describe('archives', () => {
  test('that inflate a hundredfold, or to more than 50 MiB, or hold another archive, are refused', () => {
    expect(refusal(gzipSync(Buffer.alloc(20 * 1024 * 1024)))).toMatchObject({ code: 'too_large' })
    expect(refusal(gzipSync(Buffer.alloc(51 * 1024 * 1024, 'abc123'), { level: 0 }))).toMatchObject({
      code: 'too_large',
    })
    expect(refusal(gzipSync(gzipSync('[]')))).toMatchObject({ code: 'unprocessable' })
  })

  test('that are cut off are refused', () => {
    expect(refusal(gzipSync('[{"externalId":"1","title":"x"}]').subarray(0, 20))).toMatchObject({ code: 'invalid' })
  })
})

const bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>'
const XML_ATTACKS: [string, string][] = [
  ['a billion laughs', `<?xml version="1.0"?>${bomb}<source><job><title>&y;</title></job></source>`],
  ['an external entity', '<!DOCTYPE r SYSTEM "file:///etc/passwd"><source/>'],
  ['a document type in small letters', '<!doctype r [<!entity a "b">]><source/>'],
  ['a document type behind a comment', '<!-- harmless --><!DOCTYPE r><source/>'],
  ['a document type behind an instruction', '<?pi ?><!DOCTYPE r><source/>'],
  ['nesting', `<source>${'<a>'.repeat(100_000)}`],
  ['nesting in a job', `<source><job>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</job></source>`],
  ['a job of many elements', `<source><job>${'<a/>'.repeat(6000)}</job></source>`],
  ['many elements outside of jobs', `<source>${'<a/>'.repeat(200_001)}</source>`],
  ['a job of much text', `<source><job><title>${'x'.repeat(3 * 1024 * 1024)}</title></job></source>`],
  ['no root', `<!-- ${'x'.repeat(70_000)} -->`],
]

describe('hostile XML is refused', () => {
  test.each(XML_ATTACKS)('%s', (_, body) => {
    expect(refusal(body)).toMatchObject({ code: 'unprocessable' })
  })

  test.each(XML_ATTACKS.slice(0, 4))('%s, in UTF-16', (_, body) => {
    expect(refusal(utf16(body))).toMatchObject({ code: 'unprocessable' })
    expect(refusal(utf16be(body))).toMatchObject({ code: 'unprocessable' })
  })

  test.each(XML_ATTACKS)('%s, from a stream of small pieces', async (_, body) => {
    async function* pieces() {
      for (let at = 0; at < body.length; at += 1000) yield Buffer.from(body.slice(at, at + 1000))
    }
    const all = async () => {
      for await (const _item of readPulled(pieces(), 'indeed-xml', context));
    }
    await expect(all()).rejects.toMatchObject({ code: 'unprocessable' })
  })

  test('a document type that a job only quotes is text', () => {
    const quoted =
      '<source><job><referencenumber>1</referencenumber><title>T</title><description><![CDATA[<!DOCTYPE html><p>x</p>]]></description></job></source>'
    expect(read(quoted).items[0]?.mapped).toMatchObject({ posting: { description: '<p>x</p>' } })
  })

  test('broken XML names its line and column', () => {
    const error = refusal('<source>\n<job>\n<title>x</titel>\n</job></source>')
    expect(error).toMatchObject({ code: 'invalid' })
    expect(error.message).toMatch(/line 3, column \d+/)
    expect(refusal('<source><job>')).toMatchObject({ code: 'invalid' })
  })
})

describe('hostile HTML loses its teeth', () => {
  test.each([
    ['<script>alert(1)</script>ok', '<p>ok</p>'],
    ['<p onclick="x()" style="a" class="b" id="c">ok</p>', '<p>ok</p>'],
    ['<img src=x onerror=alert(1)>ok', '<p>ok</p>'],
    ['<a href="javascript:alert(1)">go</a>', '<a rel="noopener nofollow ugc">go</a>'],
    ['<a href="JaVaScRiPt&#58;alert(1)">go</a>', '<a rel="noopener nofollow ugc">go</a>'],
    [
      '<a href="https://x.example/?a=1&b=2" target="_blank" rel="opener">go</a>',
      '<a href="https://x.example/?a=1&amp;b=2" rel="noopener nofollow ugc">go</a>',
    ],
    ['<svg><script>alert(1)</script></svg>ok', '<p>ok</p>'],
    ['<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>', ''],
    ['<style>@import "x"</style><iframe srcdoc="<script>1</script>"></iframe>ok', '<p>ok</p>'],
    ['<noscript><p title="</noscript><img src=x onerror=alert(1)>">', ''],
    ['<h1>Big</h1><h6>small</h6>', '<h2>Big</h2><h4>small</h4>'],
    ['<div>one</div><div>two</div>', '<p>one</p><p>two</p>'],
    ['plain & simple\n\nsecond', '<p>plain &amp; simple</p><p>second</p>'],
    ['5 < 6 and 7 > 2', '<p>5 &lt; 6 and 7 &gt; 2</p>'],
  ])('%s', (raw, clean) => {
    expect(cleanHtml(raw)).toBe(clean)
    expect(cleanHtml(clean)).toBe(clean)
  })

  test('a description is never longer than what a document carries, and is whole HTML even so', () => {
    const clean = cleanHtml(`<ul>${`<li><b>${'palabra '.repeat(20)}</b></li>`.repeat(3000)}</ul>`)
    expect(clean.length).toBeLessThanOrEqual(DESCRIPTION_CHARS)
    expect(clean.length).toBeGreaterThan(DESCRIPTION_CHARS - 5000)
    expect(clean.endsWith('</ul>')).toBe(true)
    expect(cleanHtml(clean)).toBe(clean)
  })
})

test('unknown fields too large for a job are left out by name, the others kept', () => {
  const kept = JSON.parse(extraText({ small: 1, huge: 'x'.repeat(150_000), also: ['y'] }))
  expect(kept).toEqual({ small: 1, also: ['y'], _leftOut: ['huge'] })
})
