import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '#tests/support/project-files.ts'
import { functions } from './functions.ts'

let stack: Awaited<ReturnType<typeof functions>>
let acme: Awaited<ReturnType<typeof stack.organisation>>
beforeAll(async () => {
  stack = await functions(['api', 'ingest-jobs'])
  acme = await stack.organisation()
})
afterAll(() => stack.stop())

const push = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  acme.call('/ingest-jobs/v1/jobs', { method: 'POST', body: body as BodyInit, headers })
const MIB = 1024 * 1024

describe('every refusal is a problem document, and nothing is taken', () => {
  test.each([
    ['11 MiB', () => new Uint8Array(11 * MIB), {}, 413],
    ['a gzip bomb by its header', () => gzipSync(Buffer.alloc(60 * MIB)), { 'content-encoding': 'gzip' }, 413],
    ['a gzip bomb by its first bytes', () => gzipSync(Buffer.alloc(60 * MIB)), {}, 413],
    [
      '51 MiB inflated',
      () => gzipSync(Buffer.alloc(51 * MIB, '{"a":"0123456789abcdef"}\n')),
      { 'content-encoding': 'gzip' },
      413,
    ],
    ['an archive that is none', () => 'not gzip', { 'content-encoding': 'gzip' }, 400],
    ['an entity bomb', () => '<!DOCTYPE a [<!ENTITY b "c">]><source/>', {}, 422],
    ['broken XML', () => '<source><job></source>', {}, 400],
    ['broken JSON', () => '{"a":', {}, 400],
    ['broken UTF-8', () => new Uint8Array([0x7b, 0xff, 0x7d]), {}, 400],
    ['an unknown document', () => '{"vacancies":[]}', {}, 422],
    ['a table without titles', () => 'id,color\n1,red\n', { 'content-type': 'text/csv' }, 400],
    ['nothing', () => '', {}, 400],
  ] as [string, () => string | Uint8Array, Record<string, string>, number][])(
    '%s',
    async (_, body, headers, status) => {
      const answer = await push(body(), headers)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(answer.body).toMatchObject({ status, title: expect.any(String) })
      expect((await acme.call('/api/v1/jobs')).body.items).toEqual([])
    },
  )
})

test('what a shell sends without naming a type is read for what it is', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await push('{"externalId":"curl","title":"By curl"}', form)).body).toMatchObject({ created: 1 })
  const csv = readFileSync(join(ROOT, 'tests/fixtures/ats/puestos.csv'))
  expect((await push(gzipSync(csv), form)).body).toMatchObject({ received: 5, created: 2, rejected: 3 })
  const rejected = (await push(csv, form)).body
  expect(rejected.problems.map(({ index, at }: { index: number; at: string }) => [index, at])).toEqual([
    [1, 'line 5, /Puesto'],
    [2, 'line 6, /Fecha de cierre'],
    [3, 'line 7'],
  ])
})

test('both functions describe what they take', async () => {
  const [api, ingest] = [await acme.call('/api/openapi.json'), await acme.call('/ingest-jobs/openapi.json')]
  expect(Object.keys(api.body.paths)).toEqual(
    expect.arrayContaining(['/v1/jobs', '/v1/jobs/{id}/close', '/v1/feeds/{id}/pull']),
  )
  expect(Object.keys(ingest.body.paths)).toEqual(['/v1/jobs', '/', '/hooks/{feedId}'])
  expect(ingest.body.components.schemas.JobInput.properties).toHaveProperty('externalId')
})
