import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a platform answers, or does instead of answering. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
  /** The connection is cut without an answer. */
  cut?: boolean
  /** The connection is cut in the middle of the answer. */
  breakOff?: boolean
  /** The caller waits until it gives up. */
  hang?: boolean
  /** Real milliseconds before the answer. */
  delayMs?: number
}

export interface Incoming {
  method: string
  /** Path and query. */
  url: string
  headers: IncomingMessage['headers']
  body: Buffer
}

/** A platform host: takes a request, answers it. */
export type Host = (request: Incoming) => Promise<Answer>

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  body: JSON.stringify(value),
})

export const html = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
})

/** Reads a whole body up to a limit; undefined when it is longer. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export function send(response: ServerResponse, answer: Answer): void {
  const { socket } = response
  if (answer.cut) {
    socket?.destroy()
    return
  }
  if (answer.hang) return
  const write = (): void => {
    if (response.destroyed) return
    response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
    if (answer.breakOff) {
      const half = Buffer.from(answer.body).subarray(0, Math.floor(Buffer.byteLength(answer.body) / 2))
      response.write(half, () => socket?.destroy())
    } else response.end(answer.body)
  }
  if (answer.delayMs) setTimeout(write, answer.delayMs).unref()
  else write()
}
