import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '#tests/support/project-files.ts'
import { type Running, startArtifact } from '#tests/support/start-artifact.ts'
import { type Artifact, buildFunction, functionNames } from '../../scripts/build/build-function.ts'

/** What a function answers that is called without any credential: alive, and shut. */
const ASKED: Record<string, { path: string; method: string; status: number }> = {
  api: { path: '/openapi.json', method: 'GET', status: 200 },
  'ingest-jobs': { path: '/v1/jobs', method: 'POST', status: 401 },
  'track-click': { path: '/c/not-signed-by-us', method: 'GET', status: 404 },
}
const MACHINE = { path: '/', method: 'POST', status: 401 }

/** Costly packages, and the artifacts that carry them. */
const CARRIERS: Record<string, string[]> = {
  'google-ads-api': ['ask-google-ads', 'publish-google-ads', 'sync-google-ads'],
  'facebook-nodejs-business-sdk': ['api', 'publish-meta', 'sweep', 'sync-metrics'],
  'ml-kmeans': ['api', 'segment-candidates'],
  '@google/generative-ai': ['api'],
  sharp: ['api'],
  'firebase-admin': ['api', 'ingest-jobs'],
  '@google-cloud/scheduler': ['api'],
  'swagger-ui-dist': ['api'],
}

// Below functions/, so that imports find the packages of the repository as they would find their own.
mkdirSync(join(ROOT, 'functions/dist'), { recursive: true })
const out = mkdtempSync(join(ROOT, 'functions/dist/test-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

describe.each(functionNames())('%s', (name) => {
  let artifact: Artifact
  let running: Running | undefined
  beforeAll(async () => {
    artifact = await buildFunction(name, out)
    running = await startArtifact(artifact.folder, name)
  })
  afterAll(() => running?.stop())

  test('starts by itself and answers', async () => {
    const { path, method, status } = ASKED[name] ?? MACHINE
    const answer = await fetch(`${running?.url}${path}`, { method, ...(method === 'POST' && { body: '{}' }) })
    expect({ status: answer.status, body: await answer.text() }).toMatchObject({ status })
  })

  test('refuses to start with a setting of the local stack', async () => {
    const start = startArtifact(artifact.folder, name, { ADFLUX_LOCAL: '1' })
    await expect(start).rejects.toThrow('A production build refuses local settings: unset ADFLUX_LOCAL')
  })

  test('names exactly what it imports, in exact versions', () => {
    const { folder, packages } = artifact
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    expect(Object.keys(manifest.dependencies)).toEqual(packages)
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+/)
    expect(manifest).toMatchObject({ type: 'module', main: 'index.js', engines: { node: '24' } })
  })

  test('carries the costly packages that it has a use for, and no other', () => {
    const carried = Object.keys(CARRIERS).filter((each) => artifact.packages.includes(each))
    expect(carried).toEqual(Object.keys(CARRIERS).filter((each) => CARRIERS[each]?.includes(name)))
  })

  test('loads no costly package before it is called with a right to be served', () => {
    const loaded = running?.packages() ?? []
    const own = loaded.filter((each) => artifact.packages.includes(each))
    console.log(`${name} loads ${loaded.length} packages to answer, of its own: ${own.join(' ')}`)
    expect(loaded).toContain('@google-cloud/functions-framework')
    const costly = [...Object.keys(CARRIERS), 'google-gax', '@google-cloud/tasks', '@google-cloud/pubsub']
    expect(loaded.filter((each) => costly.includes(each))).toEqual([])
  })

  test('holds no source map, no test and nothing of the local stack', () => {
    const files = readdirSync(artifact.folder, { recursive: true, encoding: 'utf8' })
    const text = files
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(artifact.folder, file), 'utf8'))
    expect(files.filter((file) => /\.map$|test/.test(file))).toEqual([])
    expect(text.join('\n')).not.toMatch(/\/\/ (\.\.\/)*(local|tests)\//)
  })
})
