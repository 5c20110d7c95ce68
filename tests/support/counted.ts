import type { EventEmitter } from 'node:events'
import type { Firestore } from '@google-cloud/firestore'

export interface Counts {
  /** Documents read, as Firestore bills them. */
  reads: number
  writes: number
}

interface Wire {
  request: (method: string, request: { writes?: unknown[] }, ...rest: unknown[]) => Promise<unknown>
  requestStream: (
    method: string,
    bidirectional: boolean,
    request: { documents?: unknown[] },
    ...rest: unknown[]
  ) => Promise<EventEmitter>
}

/** Counts at the client's own wire, beneath everything of ours, so that no code path can go uncounted. */
export function counted(db: Firestore): { take: () => Counts } {
  const wire = db as unknown as Wire
  let now: Counts = { reads: 0, writes: 0 }
  const request = wire.request.bind(db)
  const requestStream = wire.requestStream.bind(db)

  wire.request = (method, body, ...rest) => {
    if (method === 'commit') now.writes += body.writes?.length ?? 0
    return request(method, body, ...rest)
  }
  wire.requestStream = async (method, bidirectional, body, ...rest) => {
    if (method === 'batchGetDocuments') now.reads += body.documents?.length ?? 0
    const stream = await requestStream(method, bidirectional, body, ...rest)
    if (method === 'runQuery') {
      const emit = stream.emit.bind(stream)
      stream.emit = (event: string, ...args: unknown[]) => {
        if (event === 'data' && (args[0] as { document?: unknown })?.document) now.reads++
        return emit(event, ...args)
      }
    }
    return stream
  }

  return {
    take: () => {
      const taken = now
      now = { reads: 0, writes: 0 }
      return taken
    },
  }
}
