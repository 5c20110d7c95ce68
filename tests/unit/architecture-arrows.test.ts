import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../', import.meta.url))
const rules: { forbidden: { name: string; comment: string }[] } = createRequire(import.meta.url)(
  `${root}.dependency-cruiser.cjs`,
)

/** One breach per rule: the file that commits it, and its import. Targets that lie in no plant are made as empty modules. */
const PLANTS: Record<string, [file: string, imports: string]> = {
  'no-cycles': ['functions/src/domain/a.ts', './b.ts'],
  'no-dangling-import': ['functions/src/domain/c.ts', './nowhere.ts'],
  'domain-is-pure': ['functions/src/domain/clockwork.ts', 'node:fs'],
  'ports-speak-domain': ['functions/src/ports/p.ts', '../lib/env.ts'],
  'capabilities-speak-ports': ['functions/src/capabilities/jobs/upsert.ts', '../../lib/env.ts'],
  'capabilities-do-not-know-each-other': ['functions/src/capabilities/jobs/close.ts', '../campaigns/pause.ts'],
  'adapters-know-nobody-else': ['functions/src/adapters/meta/client.ts', '../firestore/db.ts'],
  'one-wiring': ['functions/src/lib/shortcut.ts', '../adapters/firestore/db.ts'],
  'entry-is-thin': ['functions/src/entry/api.ts', '../adapters/firestore/db.ts'],
  'lib-is-below-the-verbs': ['functions/src/lib/greedy.ts', '../capabilities/campaigns/pause.ts'],
  'google-clients-in-adapters': ['functions/src/capabilities/jobs/raw.ts', '@google-cloud/firestore'],
  'web-sees-domain-only': ['web/src/page.tsx', '../../functions/src/lib/env.ts'],
  'firebase-in-one-file': ['web/src/list.tsx', 'firebase/firestore'],
  'cli-sees-domain-only': ['cli/src/jobs.ts', '../../functions/src/lib/env.ts'],
  'no-local-or-tests-in-the-product': ['functions/src/lib/cheat.ts', '../../../local/clock.ts'],
  'local-stands-outside': ['local/host/run.ts', '../../functions/src/lib/env.ts'],
  'product-declares-what-it-uses': ['functions/src/lib/borrowed.ts', 'croner'],
}

const INNOCENT: [file: string, imports: string][] = [
  ['functions/src/domain/b.ts', './a.ts'],
  ['functions/src/domain/money.ts', 'zod'],
  ['functions/src/capabilities/campaigns/pause.ts', '../../domain/money.ts'],
  ['functions/src/adapters/firestore/db.ts', '@google-cloud/firestore'],
  ['functions/src/wiring.ts', './adapters/firestore/db.ts'],
  ['functions/src/entry/sweep.ts', '../wiring.ts'],
  ['web/src/firebase.ts', 'firebase/firestore'],
  ['cli/src/main.ts', '../../functions/src/domain/money.ts'],
  ['functions/src/lib/env.ts', 'zod'],
  ['local/clock.ts', '../functions/src/domain/money.ts'],
]

const Violations = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
})
let folder = ''
let found: { from: string; rule: { name: string } }[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'adflux-arrows-'))
  for (const name of [
    'package.json',
    'tsconfig.json',
    '.dependency-cruiser.cjs',
    'functions/package.json',
    'web/package.json',
    'cli/package.json',
  ]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    cpSync(join(root, name), join(folder, name))
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [file, imports] of [...INNOCENT, ...Object.values(PLANTS)]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `import '${imports}'\n`)
  }
  const out = join(folder, 'found.json')
  const depcruise = join(root, 'node_modules/.bin/depcruise')
  const paths = ['functions/src', 'web/src', 'cli', 'local']
  try {
    execFileSync(depcruise, [...paths, '--config', '.dependency-cruiser.cjs', '-T', 'json', '-f', out], { cwd: folder })
  } catch {
    // Its exit code counts the violations; the file tells which.
  }
  found = Violations.parse(JSON.parse(readFileSync(out, 'utf8'))).summary.violations
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(rules.forbidden)('$name: a breach is caught', ({ name }) => {
  const [file] = PLANTS[name] ?? []
  expect(found).toContainEqual(expect.objectContaining({ from: file, rule: expect.objectContaining({ name }) }))
})

test.each(rules.forbidden)('$name says why', ({ comment }) => {
  expect(comment.length).toBeGreaterThan(40)
})

test('what keeps to the arrows is left alone', () => {
  const innocent = INNOCENT.map(([file]) => file)
  const blamed = found.filter(({ from, rule }) => innocent.includes(from) && rule.name !== 'no-cycles')
  expect(blamed).toEqual([])
})
