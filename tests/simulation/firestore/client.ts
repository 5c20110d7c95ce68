import { type FieldPath, type Firestore, Timestamp } from '@google-cloud/firestore'
import { type Disk, grpcError, type Row, type Unchanged, type Write } from './disk.ts'
import { answer, everything, fieldName, type Question } from './query.ts'
import { at, type Data } from './values.ts'

/** Every round trip to the database goes through here: a place to be slow, to fail and to die. */
export type RoundTrip = <T>(call: 'read' | 'commit', effect: () => T) => Promise<T>

/** Paths that one read, one batch or one transaction has touched so far; `census` = it asked about every organisation. */
export type Touch = (paths: readonly string[], census: boolean) => void

const straight: RoundTrip = async (_, effect) => effect()

/** What the real client tries again by itself (transaction.js: isRetryableTransactionError). */
const RETRYABLE = [10, 1, 2, 4, 13, 14, 16, 8]
const INVALID_ARGUMENT = 3

interface Reference {
  path: string
  id: string
}
interface Asked {
  question: Question
}

/**
 * As much of Firestore's client as the product's adapters use, over documents in memory. Transactions are optimistic: what was read
 * must be unchanged at the commit, otherwise the work runs again.
 */
export function memoryFirestore(disk: Disk, trip: RoundTrip = straight, touch: Touch = () => undefined): Firestore {
  const snapshot = (ref: Reference, row: Row | undefined, readAt: Date) => ({
    ref,
    id: ref.id,
    exists: row !== undefined,
    readTime: Timestamp.fromDate(readAt),
    data: () => row?.data,
    get: (field: string) => row && at(row.data, field),
  })
  const answered = (rows: Row[], readAt: Date) => ({
    docs: rows.map((row) => snapshot(document(row.path), row, readAt)),
    size: rows.length,
    empty: rows.length === 0,
    readTime: Timestamp.fromDate(readAt),
  })

  const one = (ref: Reference) => snapshot(ref, disk.read(ref.path), disk.now())
  const commit = (writes: readonly Write[]): Promise<void> => {
    touch(
      writes.map(({ path }) => path),
      false,
    )
    return trip('commit', () => disk.commit(writes, []))
  }
  const look = (refs: readonly Reference[]) => {
    touch(
      refs.map(({ path }) => path),
      false,
    )
    return refs.map(one)
  }
  const ask = (question: Question): Row[] => {
    const rows = answer(disk, question)
    touch([question.collection, ...rows.map(({ path }) => path)], question.group || question.collection === 'orgs')
    return rows
  }
  const write = (kind: 'set' | 'create' | 'update', path: string, data: Data): Promise<void> =>
    commit([{ kind, path, data }])

  function document(path: string) {
    if (path.split('/').length % 2 !== 0) throw grpcError(INVALID_ARGUMENT, `${path} is no path of a document`)
    const ref = { path, id: path.slice(path.lastIndexOf('/') + 1) }
    return {
      ...ref,
      collection: (id: string) => collection(`${path}/${id}`),
      get: async () => (await trip('read', () => look([ref])))[0],
      set: (data: Data) => write('set', path, data),
      create: (data: Data) => write('create', path, data),
      update: (data: Data) => write('update', path, data),
      delete: () => commit([{ kind: 'delete', path }]),
      listCollections: () => trip('read', () => disk.collectionsBelow(path).map((id) => ({ id }))),
    }
  }

  function query(question: Question) {
    return {
      question,
      where: (field: string | FieldPath, op: string, value: unknown) =>
        query({ ...question, filters: [...question.filters, { field: fieldName(field), op, value }] }),
      orderBy: (field: string | FieldPath, direction: 'asc' | 'desc' = 'asc') =>
        query({ ...question, orders: [...question.orders, { field: fieldName(field), direction }] }),
      startAfter: (...after: unknown[]) => query({ ...question, after }),
      limit: (limit: number) => query({ ...question, limit }),
      get: () => trip('read', () => answered(ask(question), disk.now())),
    }
  }
  const collection = (path: string) => ({
    ...query(everything(path, false)),
    path,
    id: path.slice(path.lastIndexOf('/') + 1),
    doc: (id: string) => document(`${path}/${id}`),
  })

  function attempt() {
    const writes: Write[] = []
    const reads: Unchanged[] = []
    const unit: string[] = []
    const readOne = (ref: Reference) => {
      unit.push(ref.path)
      touch(unit, false)
      if (writes.length > 0)
        throw new Error('Firestore transactions require all reads to be executed before all writes.')
      const found = one(ref)
      const version = disk.read(ref.path)?.version
      reads.push(() => disk.read(ref.path)?.version === version)
      return found
    }
    const versions = (rows: Row[]) => rows.map((row) => `${row.path}@${row.version}`).join()
    const readMany = ({ question }: Asked) => {
      const rows = answer(disk, question)
      unit.push(question.collection, ...rows.map(({ path }) => path))
      touch(unit, question.group)
      const seen = versions(rows)
      reads.push(() => versions(answer(disk, question)) === seen)
      return answered(rows, disk.now())
    }
    const tx = {
      get: (target: Reference | Asked) =>
        trip('read', (): unknown => ('question' in target ? readMany(target) : readOne(target))),
      getAll: (...refs: Reference[]) => trip('read', () => refs.map(readOne)),
      set: (ref: Reference, data: Data) => void writes.push({ kind: 'set', path: ref.path, data }),
      create: (ref: Reference, data: Data) => void writes.push({ kind: 'create', path: ref.path, data }),
      update: (ref: Reference, data: Data) => void writes.push({ kind: 'update', path: ref.path, data }),
      delete: (ref: Reference) => void writes.push({ kind: 'delete', path: ref.path }),
    }
    return {
      tx,
      commit: () => {
        touch([...unit, ...writes.map(({ path }) => path)], false)
        return trip('commit', () => disk.commit(writes, reads))
      },
    }
  }

  async function runTransaction<T>(work: (tx: unknown) => Promise<T>, { maxAttempts = 5 } = {}): Promise<T> {
    for (let left = maxAttempts; ; left--) {
      try {
        const { tx, commit } = attempt()
        const result = await work(tx)
        await commit()
        return result
      } catch (error) {
        if (left <= 1 || !RETRYABLE.includes((error as { code?: number }).code ?? 0)) throw error
      }
    }
  }

  const client = {
    doc: document,
    collection,
    collectionGroup: (id: string) => query(everything(id, true)),
    getAll: (...refs: Reference[]) => trip('read', () => look(refs)),
    batch: () => {
      const writes: Write[] = []
      return {
        set: (ref: Reference, data: Data) => void writes.push({ kind: 'set', path: ref.path, data }),
        delete: (ref: Reference) => void writes.push({ kind: 'delete', path: ref.path }),
        commit: () => commit(writes),
      }
    },
    runTransaction,
  }
  return client as unknown as Firestore
}
