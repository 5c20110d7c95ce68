import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { credentials } from '@grpc/grpc-js'
import { googleAuthLibrary } from 'google-gax'
import { onTestFinished, vi } from 'vitest'
import { type StackClock, sharedClock } from '#local/clock.ts'

export interface Hit {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A folder of this test's own. */
export function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'adflux-local-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A clock that stands still, at that instant or at real time, until the test moves it. */
export function frozenClock(folder: string, at: number = Date.now()): StackClock {
  const file = join(folder, 'clock.json')
  writeFileSync(file, JSON.stringify({ realBase: at, virtualBase: at, speed: 0 }))
  return sharedClock(file)
}

/** How the product opens an unmodified Google client against a stand-in. */
export const clientOptions = (port: number) => ({
  projectId: 'demo-adflux',
  apiEndpoint: '127.0.0.1',
  port,
  sslCreds: credentials.createInsecure(),
  authClient: new googleAuthLibrary.PassThroughClient(),
})

/** An HTTP server that notes what it is sent and answers as `answer` says: a status, or nothing while the test holds it. */
export async function target(answer: (hit: Hit, response: ServerResponse) => number | undefined = () => 200) {
  const hits: Hit[] = []
  const server = createServer(async (request, response) => {
    const hit = { ...(await read(request)), headers: request.headers }
    hits.push(hit)
    const status = answer(hit, response)
    if (status !== undefined) response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(stop)
  return { hits, stop, host: `127.0.0.1:${port(server)}`, url: `http://127.0.0.1:${port(server)}` }
}

const port = (server: { address(): unknown }): number => (server.address() as AddressInfo).port

async function read(request: IncomingMessage): Promise<{ method: string; path: string; body: string }> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return { method: request.method ?? '', path: request.url ?? '', body: Buffer.concat(chunks).toString() }
}

/** Waits until the assertion holds; its last failure is the test's. */
export const eventually = (assertion: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(assertion, { timeout: 10_000, interval: 10 })

/** Long enough for a stand-in to do what it must not do. */
export const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300))
