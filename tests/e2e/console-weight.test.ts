import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '#tests/support/project-files.ts'

/** What a recruiter's browser downloads, in KB as gzip sends it: LIBRARIES.md 3. */

const folder = mkdtempSync(join(tmpdir(), 'adflux-console-'))
const assets = new Map<string, { text: string; kb: number }>()

beforeAll(async () => {
  // A process of its own: under NODE_ENV=test React would be built for developers.
  const { NODE_ENV: _, ...env } = process.env
  const vite = join(dirname(createRequire(join(ROOT, 'web/package.json')).resolve('vite/package.json')), 'bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', 'web', '--outDir', folder, '--emptyOutDir'], {
    cwd: ROOT,
    env,
  })
  for (const file of readdirSync(join(folder, 'assets'))) {
    const bytes = readFileSync(join(folder, 'assets', file))
    assets.set(file, { text: bytes.toString(), kb: gzipSync(bytes).length / 1000 })
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const kb = (files: Iterable<string>): number => [...files].reduce((sum, file) => sum + (assets.get(file)?.kb ?? 0), 0)
const named = (pattern: RegExp): string[] => [...assets.keys()].filter((file) => pattern.test(file))

/** A file with everything that it imports before it runs; what it loads later is not counted. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, imported = ''] of (assets.get(file)?.text ?? '').matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    withImports(imported, seen)
  return seen
}

const entry = (): string =>
  /assets\/(index-[^"]+\.js)/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1] ?? ''

test('the shell with one language is at most 150 KB', () => {
  const shell = withImports(entry())
  expect(shell.size).toBeGreaterThan(1)
  expect(kb(shell) + Math.max(...named(/^e[sn]-/).map((file) => kb([file])))).toBeLessThanOrEqual(150)
})

test('the data layer is a chunk of its own, fetched early, of at most 160 KB', () => {
  const chunks = named(/^firebase-.*\.js$/)
  expect(kb(chunks)).toBeLessThanOrEqual(160)
  expect([...withImports(entry())].filter((file) => chunks.includes(file))).toEqual([])
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  for (const chunk of chunks) expect(html).toContain(`rel="modulepreload" href="/assets/${chunk}"`)
})

test('a screen brings at most 40 KB with it', () => {
  const shell = withImports(entry())
  const heavy = named(/-screen-.*\.js$/).map((file) => [file, kb([...withImports(file)].filter((f) => !shell.has(f)))])
  expect(heavy.length).toBeGreaterThan(8)
  expect(heavy.filter(([, size]) => Number(size) > 40)).toEqual([])
})

test('styles are at most 15 KB, there are no fonts, and nobody downloads a validator', () => {
  expect(kb(named(/\.css$/))).toBeLessThanOrEqual(15)
  expect(named(/\.(woff2?|ttf|otf)$/)).toEqual([])
  expect([...assets].filter(([, { text }]) => text.includes('invalid_type')).map(([file]) => file)).toEqual([])
})
