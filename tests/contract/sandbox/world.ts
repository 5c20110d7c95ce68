import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ANDES_ACCOUNT, type KnownAccount } from '#local/sandbox/accounts.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '#local/sandbox/main.ts'

/** A clock that moves only when it is told to. */
export interface HandClock {
  now(): number
  advance(ms: number): void
}

export function handClock(from = '2026-11-20T15:00:00Z'): HandClock {
  let at = Date.parse(from)
  return {
    now: () => at,
    advance: (ms) => {
      at += ms
    },
  }
}

export interface GraphAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  // biome-ignore lint/suspicious/noExplicitAny: answers of the platform have many shapes, and a test names what it expects
  body: any
}

/** One sandbox with a state folder and free ports of its own. */
export interface TestSandbox extends Sandbox {
  clock: HandClock
  stateDir: string
  /** Straight to the TLS server; a body makes it JSON. Throws when the connection is cut. */
  graph(method: string, path: string, body?: object, account?: KnownAccount): Promise<GraphAnswer>
  host(name: string, method: string, path: string, headers: Record<string, string>, body?: string): Promise<GraphAnswer>
  control(method: string, path: string, body?: unknown): Promise<GraphAnswer>
  /** A process that reaches the platforms through the proxy alone; the scenario is a module's address. */
  child<T>(scenario: string, input?: unknown): Promise<T>
  /** Stops it and starts it again on the same state. */
  restart(): Promise<TestSandbox>
  remove(): Promise<void>
}

export async function testSandbox(options: Partial<SandboxOptions> & { hand?: HandClock } = {}): Promise<TestSandbox> {
  const clock = options.hand ?? handClock()
  const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), 'adflux-sandbox-')))
  const sandbox = await startSandbox({ controlPort: 0, proxyPort: 0, tlsPort: 0, seed: 7, ...options, clock, stateDir })
  const agent = new Agent({ ca: readFileSync(sandbox.caFile), keepAlive: true })
  const stop = async (): Promise<void> => {
    agent.destroy()
    await sandbox.stop()
  }

  const host: TestSandbox['host'] = (name, method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const asked = request(
        {
          agent,
          host: '127.0.0.1',
          port: sandbox.tlsPort,
          servername: name,
          method,
          path,
          headers: { host: name, ...headers, 'content-length': Buffer.byteLength(body ?? '') },
        },
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => {
            const json = /json/.test(response.headers['content-type'] ?? '')
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: json ? JSON.parse(text) : text,
            })
          })
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })

  return {
    ...sandbox,
    clock,
    stateDir,
    stop,
    host,
    graph: (method, path, body, account = ANDES_ACCOUNT) =>
      host(
        'graph.facebook.com',
        method,
        `/v24.0/${path}`,
        { authorization: `Bearer ${account.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
        body && JSON.stringify(body),
      ),
    control: async (method, path, body) => {
      const answer = await fetch(`http://127.0.0.1:${sandbox.controlPort}/_sandbox/${path}`, {
        method,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.json() }
    },
    child: async <T>(scenario: string, input?: unknown): Promise<T> => {
      const script = fileURLToPath(import.meta.resolve('../../support/sandbox-child.ts'))
      const proxy = `http://127.0.0.1:${sandbox.proxyPort}`
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [script, scenario, JSON.stringify(input ?? null)],
        {
          env: {
            PATH: process.env.PATH,
            HTTPS_PROXY: proxy,
            https_proxy: proxy,
            NODE_USE_ENV_PROXY: '1',
            NODE_EXTRA_CA_CERTS: sandbox.caFile,
          },
        },
      )
      const { answer, failed } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')
      if (failed) throw new Error(`The scenario ${scenario} failed: ${failed}`)
      return answer as T
    },
    restart: async () => {
      await stop()
      return testSandbox({ ...options, hand: clock, stateDir })
    },
    remove: async () => {
      await stop()
      await rm(stateDir, { recursive: true, force: true })
    },
  }
}

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
