import { Firestore, Query, Transaction, WriteBatch } from '@google-cloud/firestore'

export interface Documents {
  reads: number
  writes: number
  /** Writes per collection (its own name, not the path). */
  into: Record<string, number>
}

type Method = (this: unknown, ...args: unknown[]) => unknown
const isReference = (value: unknown): value is { path: string } =>
  typeof (value as { path?: unknown })?.path === 'string'

/** Counts the documents that the client reads and writes, as Firestore bills them, from now until `stop`. One test file at a time. */
export function countDocuments(): { seen: Documents; stop: () => void } {
  const seen: Documents = { reads: 0, writes: 0, into: {} }
  const undo: (() => void)[] = []
  const wrap = (target: object, name: string, around: (original: Method) => Method): void => {
    const original = Reflect.get(target, name) as Method
    Reflect.set(target, name, around(original))
    undo.push(() => void Reflect.set(target, name, original))
  }
  const references = (args: unknown[]): number => args.filter(isReference).length
  for (const target of [Firestore.prototype, Transaction.prototype])
    wrap(
      target,
      'getAll',
      (original) =>
        function (...args) {
          seen.reads += references(args)
          return original.apply(this, args)
        },
    )
  wrap(
    Transaction.prototype,
    'get',
    (original) =>
      async function (...args) {
        const answer = (await original.apply(this, args)) as { size?: number }
        // A query costs at least one read.
        seen.reads += Math.max(1, answer.size ?? 1)
        return answer
      },
  )
  wrap(
    Query.prototype,
    'get',
    (original) =>
      async function (...args) {
        const answer = (await original.apply(this, args)) as { size: number }
        seen.reads += Math.max(1, answer.size)
        return answer
      },
  )
  for (const name of ['create', 'set', 'update', 'delete'])
    wrap(
      WriteBatch.prototype,
      name,
      (original) =>
        function (...args) {
          const path = (args[0] as { path: string }).path.split('/')
          const collection = path.at(-2) ?? ''
          seen.writes += 1
          seen.into[collection] = (seen.into[collection] ?? 0) + 1
          return original.apply(this, args)
        },
    )
  return {
    seen,
    stop: () => {
      for (const each of undo) each()
    },
  }
}
