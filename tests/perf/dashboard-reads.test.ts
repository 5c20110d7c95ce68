import { initializeTestEnvironment } from '@firebase/rules-unit-testing'
import { Firestore } from '@google-cloud/firestore'
import {
  collection,
  documentId,
  getCountFromServer,
  getDocs,
  limit,
  orderBy,
  type QueryConstraint,
  query,
  where,
} from 'firebase/firestore'
import { expect, test } from 'vitest'
import { freshProject } from '#tests/support/fresh-project.ts'
import { projectFiles, read } from '#tests/support/project-files.ts'
import type { ListQuery } from '../../web/src/backend.ts'
import { COUNT_LIMIT } from '../../web/src/live/count-limit.ts'
import { DASHBOARD_COUNTS, DASHBOARD_LISTS } from '../../web/src/screens/dashboard/queries.ts'

const STATUSES = ['ACTIVE', 'REJECTED', 'PROCESSING', 'PAUSED', 'FAILED', 'DRAFT', 'PARTIAL', 'SCHEDULED']

/** What one opening of the dashboard reads by an administrator, who reads the most, asked as the console asks it and under the real rules. */
async function readsWith(campaigns: number): Promise<{ documents: number; counted: number[] }> {
  const projectId = freshProject()
  await fill(new Firestore({ projectId }), campaigns)
  const [host = '', port = ''] = (process.env.FIRESTORE_EMULATOR_HOST ?? '').split(':')
  const env = await initializeTestEnvironment({
    projectId,
    firestore: { host, port: Number(port), rules: read('firestore.rules') },
  })
  const db = env.authenticatedContext('ana', { org: 'o', role: 'admin' }).firestore()
  const ask = ({ path, where: clauses = [], order: [field, direction], limit: most }: ListQuery) => {
    const parts: QueryConstraint[] = clauses.map(([name, operator, value]) => where(name, operator, value))
    parts.push(orderBy(field, direction), orderBy(documentId(), direction), limit(most))
    return query(collection(db, `orgs/o/${path}`), ...parts)
  }
  const lists = await Promise.all(Object.values(DASHBOARD_LISTS).map((list) => getDocs(ask(list))))
  const counts = await Promise.all(
    Object.values(DASHBOARD_COUNTS).map((list) => getCountFromServer(ask({ ...list, limit: COUNT_LIMIT }))),
  )
  await env.cleanup()
  return {
    documents: lists.reduce((sum, { size }) => sum + size, 0),
    counted: counts.map((answer) => answer.data().count),
  }
}

/** An organisation that has everything the dashboard shows, and more. */
async function fill(db: Firestore, campaigns: number): Promise<void> {
  const writer = db.bulkWriter()
  const at = (i: number) => new Date(Date.UTC(2026, 10, 1) + i * 60_000).toISOString()
  const put = (kind: string, n: number, document: (i: number) => object) => {
    for (let i = 0; i < n; i++) void writer.set(db.doc(`orgs/o/${kind}/${kind}_${i}`), document(i))
  }
  put('campaigns', campaigns, (i) => ({ status: STATUSES[i % STATUSES.length], createdAt: at(i) }))
  put('jobs', campaigns, (i) => ({ status: i % 5 ? 'open' : 'closed', createdAt: at(i) }))
  put('incidents', 20, (i) => ({ closedAt: null, openedAt: at(i) }))
  put('notices', 20, (i) => ({ readAt: null, at: at(i) }))
  put('rollups', 12, (i) => ({ id: `2026${String(i + 1).padStart(2, '0')}` }))
  put('connections', 3, (i) => ({ id: `platform-${i}` }))
  await writer.close()
}

test('opening the dashboard reads as much with 100 campaigns as with 1,000', async () => {
  const [few, many] = [await readsWith(100), await readsWith(1_000)]
  expect(many).toEqual({ documents: few.documents, counted: many.counted })
  expect(many.documents).toBeLessThanOrEqual(45)
  expect(many.counted.every((count) => count <= COUNT_LIMIT)).toBe(true)
})

test('with 10 campaigns it reads no more', async () => {
  expect((await readsWith(10)).documents).toBeLessThanOrEqual((await readsWith(1_000)).documents)
})

test('the dashboard asks for nothing else', () => {
  const elsewhere = projectFiles().filter(
    (path) =>
      path.startsWith('web/src/screens/dashboard/') && !path.endsWith('/queries.ts') && /\bpath: /.test(read(path)),
  )
  expect(elsewhere).toEqual([])
})
