import { copy, type Data, withPaths } from './values.ts'

export interface Row {
  path: string
  data: Data
  /** Number of the commit that wrote it. */
  version: number
}

export type Write =
  | { kind: 'set' | 'create' | 'update'; path: string; data: Data }
  | { kind: 'delete'; path: string; data?: undefined }

export interface Changed {
  path: string
  before: Data | undefined
  after: Data | undefined
}

/** What the transaction read must be unchanged when it commits. */
export type Unchanged = () => boolean

/** The committed documents. A commit is atomic and happens at one moment. */
export interface Disk {
  now(): Date
  read(path: string): Row | undefined
  /** Documents of every collection of that name. */
  group(collectionId: string): Iterable<Row>
  commit(writes: readonly Write[], reads: readonly Unchanged[]): void
  /** Called after every commit, before anybody can read it. */
  observe(look: (changes: readonly Changed[]) => void): void
  /** Ids of the collections directly below a document. */
  collectionsBelow(path: string): string[]
}

/** An error as gRPC gives it. */
export const grpcError = (code: number, message: string): Error => Object.assign(new Error(message), { code })

const ABORTED = 10
const ALREADY_EXISTS = 6
const NOT_FOUND = 5

const collectionOf = (path: string): string => path.split('/').at(-2) ?? ''

export function memoryDisk(now: () => Date): Disk {
  const groups = new Map<string, Map<string, Row>>()
  const observers: ((changes: readonly Changed[]) => void)[] = []
  let commits = 0

  const groupOf = (path: string): Map<string, Row> => {
    const id = collectionOf(path)
    const found = groups.get(id) ?? new Map<string, Row>()
    groups.set(id, found)
    return found
  }
  const read = (path: string): Row | undefined => groups.get(collectionOf(path))?.get(path)

  function written(write: Write, before: Data | undefined): Data | undefined {
    if (write.kind === 'delete') return undefined
    if (write.kind === 'create' && before) throw grpcError(ALREADY_EXISTS, `6 ALREADY_EXISTS: ${write.path}`)
    if (write.kind !== 'update') return copy(write.data)
    if (!before) throw grpcError(NOT_FOUND, `5 NOT_FOUND: ${write.path}`)
    return withPaths(before, write.data)
  }

  return {
    now,
    read,
    group: (collectionId) => groups.get(collectionId)?.values() ?? [],
    commit(writes, reads) {
      if (!reads.every((unchanged) => unchanged())) throw grpcError(ABORTED, '10 ABORTED: contention on documents')
      const next = new Map<string, Changed>()
      for (const write of writes) {
        const earlier = next.get(write.path)
        const before = earlier ? earlier.after : read(write.path)?.data
        const first = earlier ? earlier.before : before
        next.set(write.path, { path: write.path, before: first, after: written(write, before) })
      }
      commits++
      for (const { path, after } of next.values()) {
        if (after) groupOf(path).set(path, { path, data: after, version: commits })
        else groupOf(path).delete(path)
      }
      for (const look of observers) look([...next.values()])
    },
    observe: (look) => void observers.push(look),
    collectionsBelow(path) {
      const depth = path.split('/').length
      const below = [...groups.values()].flatMap((group) => [...group.keys()].filter((p) => p.startsWith(`${path}/`)))
      return [...new Set(below.flatMap((p) => p.split('/')[depth] ?? []))]
    },
  }
}
