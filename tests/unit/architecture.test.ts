import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { projectFiles, ROOT, read } from '#tests/support/project-files.ts'

const files = projectFiles()
const sources = files.filter((path) => /\.tsx?$/.test(path))
const texts = files.filter((path) =>
  /\.(tsx?|[mc]?js|json|md|tf|ya?ml|rules|css|html|svg|sh)$|(^|\/)(run|LICENSE)$/.test(path),
)
const product = sources.filter((path) => /^(functions|web|cli)\/src\//.test(path))
const lines = (path: string): number => read(path).trimEnd().split('\n').length

test('a file is a screen or two: at most 250 lines', () => {
  // A table grows with the world, not with ideas.
  const long = sources.filter((path) => !/^(web\/src\/i18n|local\/sandbox\/data)\//.test(path) && lines(path) > 250)
  expect(long.map((path) => `${path}: ${lines(path)}`)).toEqual([])
})

test('file names are kebab-case', () => {
  const odd = sources.filter((path) => !/^[a-z0-9]+([.-][a-z0-9]+)*\.tsx?$/.test(basename(path)))
  expect(odd).toEqual([])
})

const functionNames = Object.keys(JSON.parse(read('functions/functions.json')).functions).sort()
const entries = files.filter((path) => /^functions\/src\/entry\/[^/]+\.ts$/.test(path))

test('every deployed function has its entry file, and every entry file is deployed', () => {
  expect(entries.map((path) => basename(path, '.ts')).sort()).toEqual(functionNames)
})

test('an entry registers itself under its own name and holds no logic: at most 25 lines', () => {
  const wrong = entries.filter((path) => !read(path).includes(`'${basename(path, '.ts')}'`) || lines(path) > 25)
  expect(wrong.map((path) => `${path}: ${lines(path)}`)).toEqual([])
})

test('the environment is read in one file of the product', () => {
  const readers = product.filter(
    (path) => !path.startsWith('cli/') && /process\.env|from 'node:process'/.test(read(path)),
  )
  expect(readers).toEqual(['functions/src/lib/env.ts'])
})

test('no default export, no enum, no class but errors', () => {
  const found = sources.flatMap((path) =>
    read(path)
      .split('\n')
      .filter((line) => /^export default |^(export )?(const )?enum |^(export )?class (?!.* extends )/.test(line))
      .filter((line) => !(/(vite|vitest)\.config\.ts$/.test(path) && line.startsWith('export default')))
      .map((line) => `${path}: ${line}`),
  )
  expect(found).toEqual([])
})

// Pieced together, so that this file does not name what it forbids.
const FORBIDDEN: Record<string, RegExp> = {
  'a package registry': new RegExp(['registry\\.', 'npmjs|arti', 'factory|ver', 'daccio'].join('')),
  'a path of one machine': new RegExp(['(^|[\\s"\'`(])/(wo', 'rk|ro', 'ot|ho', 'me/[a-z]+|Users/[a-z]+)/'].join('')),
  'a note to oneself': new RegExp(['\\b(TO', 'DO|FIX', 'ME|XX', 'X)\\b'].join('')),
}

test.each(Object.entries(FORBIDDEN))('no tracked file names %s', (_, pattern) => {
  expect(texts.filter((path) => pattern.test(read(path)))).toEqual([])
})

test('the lock file says what, never from where', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved": "(https?|git)/)
})

const docs = files.filter((path) => /^(README[\w.]*|docs\/.*)\.md$/.test(path))
const CITED =
  /^(\.\/)?((functions|web|cli|local|terraform|tests|docs|scripts|\.ci)\/[\w./-]*|[\w.-]+\.(json|md|ts|rules|cjs))$/
/** Made when the product runs or is built; not in the repository. */
const MADE = /^(\.adflux|dist)\/|(^|\/)(package|index)\.js(on)?$|^clock\.json$/

test('every path that the documentation cites exists', () => {
  const broken = docs.flatMap((path) => {
    const text = read(path)
    const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, cited]) => cited ?? '')
    const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, cited]) => cited ?? '')
    const beside = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
    return [
      ...quoted.filter(
        (cited) =>
          CITED.test(cited) && !MADE.test(cited) && !existsSync(ROOT + cited) && !existsSync(ROOT + beside + cited),
      ),
      ...linked.filter((cited) => !existsSync(ROOT + beside + cited)),
    ].map((cited) => `${path}: ${cited}`)
  })
  expect(broken).toEqual([])
})

test('every test file belongs to what npm test runs', () => {
  const stray = files.filter(
    (path) =>
      /\.(test|spec)\.[tj]sx?$/.test(path) &&
      !/^tests\/(unit|contract|entry|rules|perf|simulation|e2e)\/.*\.test\.tsx?$/.test(path),
  )
  expect(stray).toEqual([])
})
