import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ANDES_ACCOUNT } from '#local/sandbox/accounts.ts'
import { campaignBody } from './ads.ts'
import { handClock, testSandbox } from './world.ts'

test('whatever was answered before a kill -9 is there after it', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'adflux-killed-'))
  const served = spawn(process.execPath, [fileURLToPath(import.meta.resolve('./scenarios/serve.ts')), stateDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: served.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  const { tlsPort, caFile } = JSON.parse(line) as { tlsPort: number; caFile: string }
  const agent = new Agent({ ca: readFileSync(caFile), keepAlive: true })
  const post = (name: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(campaignBody({ name }))
      const headers = {
        host: 'graph.facebook.com',
        authorization: `Bearer ${ANDES_ACCOUNT.token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      }
      const path = `/v24.0/${ANDES_ACCOUNT.id}/campaigns`
      request(
        { agent, host: '127.0.0.1', port: tlsPort, servername: headers.host, method: 'POST', path, headers },
        (response) => {
          response.on('data', (chunk) => resolve(JSON.parse(String(chunk)).id))
        },
      )
        .on('error', reject)
        .end(body)
    })

  const answered: string[] = []
  const writing = (async () => {
    for (let i = 0; ; i++) answered.push(await post(`Campaign ${i}`))
  })()
  await expect.poll(() => answered.length, { timeout: 20_000 }).toBeGreaterThan(30)
  served.kill('SIGKILL')
  await writing.catch(() => undefined)
  agent.destroy()

  const sandbox = await testSandbox({ stateDir, hand: handClock() })
  const { objects } = (await sandbox.control('GET', 'books')).body
  const kept = objects.map(({ id }: { id: string }) => id)
  for (const id of answered) expect(kept).toContain(id)
  await sandbox.remove()
})
