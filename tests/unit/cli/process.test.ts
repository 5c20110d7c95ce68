import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { freshFolder } from './adflux.ts'
import { aJob } from './documents.ts'
import { type FakeApi, fakeApi, KEY } from './fake-api.ts'

const BIN = fileURLToPath(new URL('../../../cli/bin/adflux.js', import.meta.url))

let api: FakeApi | undefined
afterEach(async () => {
  await api?.close()
  api = undefined
})

const start = (argv: string[], env: Record<string, string> = {}, nodeFlags: string[] = [], cwd = freshFolder()) =>
  spawn(process.execPath, [...nodeFlags, BIN, ...argv], { cwd, env: { PATH: '', HOME: cwd, ...env } })

async function ended(
  child: ReturnType<typeof start>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code, stdout, stderr }
}

test('the program starts from any folder, finds the stack above it, and says nothing else', async () => {
  api = await fakeApi({ 'GET /v1/jobs/JOB-0001': () => ({ body: aJob() }) })
  const folder = freshFolder()
  const below = join(folder, 'a/b')
  mkdirSync(join(folder, '.adflux'))
  mkdirSync(below, { recursive: true })
  writeFileSync(join(folder, '.adflux/local.json'), JSON.stringify({ apiUrl: api.url, apiKey: KEY, pids: { host: 1 } }))
  const { code, stdout, stderr } = await ended(start(['jobs', 'view', 'JOB-0001', '--json'], {}, [], below))
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({ ref: 'JOB-0001' })
  expect(api.faults).toEqual([])
})

test('a Node that cannot read TypeScript hands over to the pinned one, with its words and its exit code', async () => {
  const { code, stdout, stderr } = await ended(start(['jobs', 'frobnicate'], {}, ['--no-strip-types']))
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain("unknown command 'frobnicate'")
})

test('where that fails too it says what is needed', async () => {
  const { code, stderr } = await ended(start(['--help'], { ADFLUX_PINNED_NODE: '1' }, ['--no-strip-types']))
  expect(code).toBe(1)
  expect(stderr).toMatch(/^adflux: this is Node .* AdFlux needs Node 24: run "npm ci"/)
})

test('whoever has seen enough may leave: a broken pipe is no crash', async () => {
  const items = Array.from({ length: 200 }, (_, i) => aJob({ ref: `JOB-${i}`, description: 'x'.repeat(10_000) }))
  api = await fakeApi({ 'GET /v1/jobs': () => ({ body: { items, next: null } }) })
  const child = start(['jobs', 'list', '--json'], api.env)
  const complaints = text(child.stderr)
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = await once(child, 'exit')
  expect({ code, stderr: await complaints }).toEqual({ code: 0, stderr: '' })
})
