import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SecretManagerServiceClient } from '@google-cloud/secret-manager'
import { status } from '@grpc/grpc-js'
import { expect, onTestFinished, test } from 'vitest'
import type { StackClock } from '#local/clock.ts'
import { crc32c } from '#local/secrets/crc32c.ts'
import { startSecrets } from '#local/secrets/start-secrets.ts'
import { clientOptions, frozenClock, stateFolder } from '#tests/contract/local/world.ts'

const PROJECT = 'projects/demo-adflux'
const SECRET = `${PROJECT}/secrets/sec-acme-meta`

async function run(folder: string, clock: StackClock) {
  const stateFile = join(folder, 'secrets.jsonl')
  const server = await startSecrets({ port: 0, stateFile, clock })
  const client = new SecretManagerServiceClient(clientOptions(server.port))
  let stopped = false
  const stop = async (): Promise<void> => {
    if (stopped) return
    stopped = true
    await client.close()
    await server.stop()
  }
  onTestFinished(stop)
  return { client, stop, stateFile }
}

async function world() {
  const folder = stateFolder()
  const clock = frozenClock(folder)
  const running = await run(folder, clock)
  await create(running.client, 'sec-acme-meta')
  return { ...running, clock, restart: () => running.stop().then(() => run(folder, clock)) }
}

const create = (
  client: SecretManagerServiceClient,
  secretId: string,
  secret: object = { replication: { automatic: {} } },
) => client.createSecret({ parent: PROJECT, secretId, secret })
const add = (client: SecretManagerServiceClient, text: string, payload: object = {}) =>
  client.addSecretVersion({ parent: SECRET, payload: { data: Buffer.from(text), ...payload } })
const access = async (client: SecretManagerServiceClient, version: string): Promise<string> => {
  const [{ payload }] = await client.accessSecretVersion({ name: `${SECRET}/versions/${version}` })
  return Buffer.from(payload?.data ?? '').toString()
}
const code = (expected: number) => ({ code: expected })

test('versions are numbered, and read by number or as the latest', async () => {
  const { client } = await world()
  await expect(access(client, 'latest')).rejects.toMatchObject(code(status.NOT_FOUND))
  expect((await add(client, 'uno'))[0]).toMatchObject({ name: `${SECRET}/versions/1`, state: 'ENABLED' })
  expect((await add(client, 'dós'))[0].name).toBe(`${SECRET}/versions/2`)
  expect(await access(client, '1')).toBe('uno')
  expect(await access(client, 'latest')).toBe('dós')
  const [latest] = await client.accessSecretVersion({ name: `${SECRET}/versions/latest` })
  expect(latest.name).toBe(`${SECRET}/versions/2`)
  expect(Number(latest.payload?.dataCrc32c)).toBe(crc32c(Buffer.from('dós')))
  await expect(access(client, '3')).rejects.toMatchObject(code(status.NOT_FOUND))
  const [versions] = await client.listSecretVersions({ parent: SECRET })
  expect(versions.map(({ name }) => name?.at(-1))).toEqual(['2', '1'])
})

test('a disabled version is refused until enabled again, and "latest" does not fall back to an older one', async () => {
  const { client } = await world()
  await add(client, 'old')
  await add(client, 'new')
  const name = `${SECRET}/versions/2`
  expect((await client.disableSecretVersion({ name }))[0].state).toBe('DISABLED')
  await expect(access(client, '2')).rejects.toMatchObject(code(status.FAILED_PRECONDITION))
  await expect(access(client, 'latest')).rejects.toMatchObject(code(status.FAILED_PRECONDITION))
  expect(await access(client, '1')).toBe('old')
  expect((await client.enableSecretVersion({ name }))[0].state).toBe('ENABLED')
  expect(await access(client, 'latest')).toBe('new')
})

test('a destroyed version never comes back, and its data leaves the file', async () => {
  const { client, stateFile } = await world()
  await add(client, 'the-old-token')
  await add(client, 'the-new-token')
  const stored = (text: string) => readFileSync(stateFile, 'utf8').includes(Buffer.from(text).toString('base64'))
  expect(stored('the-old-token')).toBe(true)
  const name = `${SECRET}/versions/1`
  const [destroyed] = await client.destroySecretVersion({ name })
  expect(destroyed.state).toBe('DESTROYED')
  expect(destroyed.destroyTime).toBeTruthy()
  await expect(access(client, '1')).rejects.toMatchObject(code(status.FAILED_PRECONDITION))
  await expect(client.enableSecretVersion({ name })).rejects.toMatchObject(code(status.FAILED_PRECONDITION))
  expect(stored('the-old-token')).toBe(false)
  expect(await access(client, '2')).toBe('the-new-token')

  await client.deleteSecret({ name: SECRET })
  expect(stored('the-new-token')).toBe(false)
  await expect(access(client, '2')).rejects.toMatchObject(code(status.NOT_FOUND))
  await expect(client.deleteSecret({ name: SECRET })).rejects.toMatchObject(code(status.NOT_FOUND))
  await create(client, 'sec-acme-meta')
  await expect(access(client, 'latest')).rejects.toMatchObject(code(status.NOT_FOUND))
})

test('secrets are listed newest first, page by page, and their labels change by mask', async () => {
  const { client } = await world()
  await create(client, 'b', { replication: { userManaged: { replicas: [{ location: 'us-east1' }] } } })
  await create(client, 'c', { replication: { automatic: {} }, labels: { org: 'acme' } })
  const manually = { autoPaginate: false }
  const [first, , page] = await client.listSecrets({ parent: PROJECT, pageSize: 2 }, manually)
  const [second] = await client.listSecrets(
    { parent: PROJECT, pageSize: 2, pageToken: page.nextPageToken ?? '' },
    manually,
  )
  expect([...first, ...second].map(({ name }) => name?.split('/').at(-1))).toEqual(['c', 'b', 'sec-acme-meta'])
  expect(page.totalSize).toBe(3)
  const [before] = await client.getSecret({ name: SECRET })
  const change = { name: SECRET, labels: { org: 'beta' }, etag: before.etag ?? '' }
  const [after] = await client.updateSecret({ secret: change, updateMask: { paths: ['labels'] } })
  expect(after.labels).toEqual({ org: 'beta' })
  const stale = client.updateSecret({ secret: change, updateMask: { paths: ['labels'] } })
  await expect(stale).rejects.toMatchObject(code(status.FAILED_PRECONDITION))
})

test('what Secret Manager refuses is refused with its code', async () => {
  const { client } = await world()
  await expect(create(client, 'sec-acme-meta')).rejects.toMatchObject(code(status.ALREADY_EXISTS))
  await expect(create(client, 'with space')).rejects.toMatchObject(code(status.INVALID_ARGUMENT))
  await expect(create(client, 'x', {})).rejects.toMatchObject(code(status.INVALID_ARGUMENT))
  const expiring = { replication: { automatic: {} }, ttl: { seconds: 60 } }
  await expect(create(client, 'x', expiring)).rejects.toMatchObject(code(status.UNIMPLEMENTED))
  await expect(client.getSecret({ name: `${PROJECT}/secrets/none` })).rejects.toMatchObject(code(status.NOT_FOUND))
  await expect(client.getSecret({ name: 'none' })).rejects.toMatchObject(code(status.INVALID_ARGUMENT))
  await expect(add(client, '')).rejects.toMatchObject(code(status.INVALID_ARGUMENT))
  await expect(add(client, 'x'.repeat(65_537))).rejects.toMatchObject(code(status.INVALID_ARGUMENT))
  await expect(add(client, 'x', { dataCrc32c: 1 })).rejects.toMatchObject(code(status.INVALID_ARGUMENT))
  const [checked] = await add(client, 'x', { dataCrc32c: crc32c(Buffer.from('x')) })
  expect(checked.clientSpecifiedPayloadChecksum).toBe(true)
})

test('secrets survive a restart, in a file that only its owner reads', async () => {
  const { client, stateFile, restart } = await world()
  await add(client, 'kept')
  await add(client, 'disabled')
  await client.disableSecretVersion({ name: `${SECRET}/versions/2` })
  expect(statSync(stateFile).mode & 0o777).toBe(0o600)
  const { client: later } = await restart()
  expect(statSync(stateFile).mode & 0o777).toBe(0o600)
  expect(await access(later, '1')).toBe('kept')
  await expect(access(later, 'latest')).rejects.toMatchObject(code(status.FAILED_PRECONDITION))
  expect((await add(later, 'next'))[0].name).toBe(`${SECRET}/versions/3`)
})

test('the checksum is CRC-32C', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
})
