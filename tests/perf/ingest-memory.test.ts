import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFeed } from '#functions/capabilities/feeds/add-feed.ts'
import { type World, world } from '#tests/contract/ingest/world.ts'
import { ROOT } from '#tests/support/project-files.ts'

const MIB = 1024 * 1024
const LIMIT = 256 * MIB
/** The whole 200 MB take a minute on the emulator: asked for by ADFLUX_FEED_MIB=200. */
const FEED_BYTES = Number(process.env.ADFLUX_FEED_MIB ?? 55) * MIB
const DESCRIPTION = `<p>${'Preparar pedidos, revisar inventario y atender clientes. '.repeat(160)}</p>`

/** What Node gives itself by its own rule in the function's 512 MiB (V8: old space half of it); this machine has more, and so would collect later. */
const AS_IN_512_MIB = ['--max-old-space-size=256', '--max-semi-space-size=4']

/** Openings without end, until the feed has its size. */
function* feed(): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<source>\n'
  let sent = 0
  for (let i = 0; sent < FEED_BYTES; i++) {
    const job = `<job><referencenumber>mem-${i}</referencenumber><title>Auxiliar ${i}</title><company>Acme</company><city>Bogotá</city><country>Colombia</country><description><![CDATA[${DESCRIPTION}]]></description></job>\n`
    sent += job.length
    yield job
  }
  yield '</source>\n'
}

let w: World
let served = 0
const server = createServer((_, response) => {
  const body = Readable.from(feed())
  body.on('data', (chunk: string) => {
    served += chunk.length
  })
  body.pipe(response)
})
beforeAll(async () => {
  w = await world()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await w.close()
})

test('a feed of more than 50 MB is streamed: memory does not grow with it', { timeout: 600_000 }, async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`
  const input = { name: 'Large', format: 'indeed-xml' as const, url, everyMinutes: 60 }
  const { feed: added } = await addFeed(w, w.org, w.cause, input)
  const args = [...AS_IN_512_MIB, join(ROOT, 'tests/perf/pull-in-child.ts'), w.project, w.org, added.id]
  const pull = async () => JSON.parse((await promisify(execFile)(process.execPath, args, { cwd: ROOT })).stdout)

  const first = await pull()
  console.log(`${Math.round(served / MIB)} MiB: ${JSON.stringify(first)}`)
  expect(served).toBeGreaterThan(50 * MIB)
  expect(first).toMatchObject({ created: first.received, rejected: 0 })
  expect(first.received).toBeGreaterThan(5000)
  expect(first.peak).toBeLessThan(LIMIT)

  const second = await pull()
  console.log(`again: ${JSON.stringify(second)}`)
  expect(second).toMatchObject({ unchanged: first.received, created: 0 })
  expect(second.peak).toBeLessThan(LIMIT)
})
