import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici'
import { z } from 'zod'
import type { WorldEvent } from '#local/sandbox/events.ts'
import { startSandbox } from '#local/sandbox/main.ts'

/** What was trusted before: two sandboxes' authorities have one name, and only the last one is in use. */
const TRUSTED = getCACertificates('default')
const START = '2026-11-20T15:00:00Z'

const Day = z.object({
  date: z.string(),
  impressions: z.int(),
  linkClicks: z.int(),
  spendMicros: z.int(),
  applications: z.int(),
})
const Books = z.object({
  objects: z.array(
    z
      .object({
        id: z.string(),
        kind: z.string(),
        platform: z.string(),
        name: z.string().nullish(),
        status: z.string(),
        deleted: z.boolean(),
        fields: z.record(z.string(), z.unknown()),
      })
      .loose(),
  ),
  campaigns: z.array(z.object({ id: z.string(), platform: z.string(), days: z.array(Day) }).loose()),
  calls: z.record(z.string(), z.int()),
})

const Counts = z.object({ counts: z.record(z.string(), z.int()) })

/** A sandbox of its own, its clock in the test's hand, that this process reaches through the proxy as the product does. */
export async function sandboxWorld() {
  let now = Date.parse(START)
  const folder = mkdtempSync(join(tmpdir(), 'adflux-sandbox-'))
  const sandbox = await startSandbox({
    ...{ controlPort: 0, proxyPort: 0, tlsPort: 0, stateDir: folder, seed: 7 },
    clock: {
      now: () => now,
      advance: (ms) => {
        now += ms
      },
    },
    settings: { reportSeconds: 0 },
  })
  const ca = readFileSync(sandbox.caFile, 'utf8')
  const proxyUrl = `http://127.0.0.1:${sandbox.proxyPort}`
  // gRPC and axios read the variables and trust what the process trusts; fetch has an agent of its own.
  setDefaultCACertificates([...TRUSTED, ca])
  delete process.env.GRPC_DEFAULT_SSL_ROOTS_FILE_PATH
  Object.assign(process.env, {
    ...{ HTTPS_PROXY: proxyUrl, https_proxy: proxyUrl },
    ...{ NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1,localhost' },
  })
  const agent = new EnvHttpProxyAgent({
    httpsProxy: proxyUrl,
    noProxy: '127.0.0.1,localhost',
    ...{ requestTls: { ca } },
  })
  setGlobalDispatcher(agent)
  const control = `http://127.0.0.1:${sandbox.controlPort}/_sandbox`
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${control}/${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }
  return {
    control,
    post,
    now: () => new Date(now),
    advance: (ms: number) => {
      now += ms
    },
    fault: (fault: object) => post('faults', fault),
    noFaults: () => fetch(`${control}/faults`, { method: 'DELETE' }),
    /** Everything that happened, as the sandbox remembers it. */
    events: () =>
      readFileSync(join(folder, 'sandbox.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as WorldEvent),
    record: sandbox.record,
    /** "meta.create-report" -> how many there were. */
    calls: async () => Counts.parse(await (await fetch(`${control}/calls?limit=1`)).json()).counts,
    /** The figures alone: of ten thousand campaigns the objects would not fit into one text. */
    figures: async () =>
      Books.shape.campaigns.parse((await (await fetch(`${control}/books?objects=no`)).json()).campaigns),
    books: async () => Books.parse(await (await fetch(`${control}/books`)).json()),
    stop: async () => {
      await sandbox.stop()
      await agent.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type SandboxWorld = Awaited<ReturnType<typeof sandboxWorld>>
