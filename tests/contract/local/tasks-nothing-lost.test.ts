import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CloudTasksClient } from '@google-cloud/tasks'
import { status } from '@grpc/grpc-js'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  add,
  eventuallyDue,
  HOUR,
  inMs,
  LOCATION,
  names,
  QUEUE,
  run,
  world,
} from '#tests/contract/local/tasks-world.ts'
import { clientOptions, eventually, frozenClock, stateFolder, target } from '#tests/contract/local/world.ts'

describe('after a restart', () => {
  test('every accepted task, limit and taken name is still there, and what was under way is sent again', async () => {
    const { client, clock, restart } = await world({ retryConfig: { maxAttempts: 7, minBackoff: { seconds: 10 } } })
    let alive = false
    const { hits, url } = await target((hit) => (hit.path === '/fails' ? 500 : alive ? 200 : undefined))
    await client.updateQueue({ queue: { name: `${LOCATION}/queues/paused` } })
    await client.pauseQueue({ name: `${LOCATION}/queues/paused` })
    await add(client, `${url}/under-way`, { name: `${QUEUE}/tasks/under-way` }, { body: Buffer.from([0, 255, 10]) })
    await add(client, `${url}/later`, { name: `${QUEUE}/tasks/later`, scheduleTime: inMs(clock, HOUR) })
    const { name: failing } = await add(client, `${url}/fails`, { name: `${QUEUE}/tasks/fails` })
    await add(client, `${url}/gone`, { name: `${QUEUE}/tasks/gone`, scheduleTime: inMs(clock, HOUR) })
    await client.deleteTask({ name: `${QUEUE}/tasks/gone` })
    await eventually(() => expect(hits).toHaveLength(2))
    await eventuallyDue(client, failing, clock)

    alive = true
    const { client: later } = await restart()
    await eventually(() => expect(hits.filter((hit) => hit.path === '/under-way')).toHaveLength(2))
    expect(hits.at(-1)?.body).toBe(hits[0]?.body)
    await eventually(async () => expect((await names(later)).sort()).toEqual(['fails', 'later']))
    const [task] = await later.getTask({ name: failing ?? '' })
    expect(task).toMatchObject({ dispatchCount: 1, responseCount: 1 })
    expect((await later.getQueue({ name: QUEUE }))[0].retryConfig?.maxAttempts).toBe(7)
    expect((await later.getQueue({ name: `${LOCATION}/queues/paused` }))[0].state).toBe('PAUSED')
    for (const id of ['gone', 'under-way', 'later']) {
      const repeated = add(later, url, { name: `${QUEUE}/tasks/${id}` })
      await expect(repeated).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    }
    clock.advance(HOUR + 1000)
    await eventually(() => expect(hits.map((hit) => hit.path)).toContain('/later'))
    const retried = hits.filter((hit) => hit.path === '/fails')[1]
    expect(retried?.headers['x-cloudtasks-taskretrycount']).toBe('1')
  })
})

describe('a process that is killed', () => {
  const script = `
    import { sharedClock } from '#local/clock.ts'
    import { startTasks } from '#local/tasks/start-tasks.ts'
    import { localSigner } from '#local/tokens.ts'
    const folder = process.argv[1]
    const clock = sharedClock(folder + '/clock.json')
    const signer = await localSigner(folder + '/key.json')
    const server = await startTasks({ port: 0, stateFile: folder + '/tasks.jsonl', clock, signer })
    process.send(server.port)`

  test('loses no task that it accepted, neither waiting nor under way', async () => {
    const folder = stateFolder()
    const clock = frozenClock(folder)
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    onTestFinished(() => void other.kill('SIGKILL'))
    const [port] = await once(other, 'message')
    const client = new CloudTasksClient(clientOptions(Number(port)))
    await client.createQueue({ parent: LOCATION, queue: { name: QUEUE } })
    let alive = false
    const { hits, url } = await target(() => (alive ? 200 : undefined))
    await add(client, `${url}/under-way`, { name: `${QUEUE}/tasks/under-way` })
    const ids = Array.from({ length: 50 }, (_, n) => `w${n}`)
    const scheduleTime = inMs(clock, HOUR)
    await Promise.all(ids.map((id) => add(client, `${url}/${id}`, { name: `${QUEUE}/tasks/${id}`, scheduleTime })))
    await eventually(() => expect(hits).toHaveLength(1))
    other.kill('SIGKILL')
    await once(other, 'exit')
    await client.close()

    alive = true
    const { client: later } = await run(folder, clock)
    await eventually(() => expect(hits.map((hit) => hit.path)).toEqual(['/under-way', '/under-way']))
    await eventually(async () => expect((await names(later)).sort()).toEqual(ids.toSorted()))
    clock.advance(2 * HOUR)
    await eventually(() => expect(hits).toHaveLength(52))
    expect(new Set(hits.map((hit) => hit.path)).size).toBe(51)
  })
})

test('a second process on the same port is refused and leaves the first one its state', async () => {
  const { client, clock, folder, port } = await world()
  await client.pauseQueue({ name: QUEUE })
  await add(client, 'http://127.0.0.1:1/', { name: `${QUEUE}/tasks/one` })
  await expect(run(folder, clock, { port })).rejects.toThrow(`Port ${port} is taken`)
  await add(client, 'http://127.0.0.1:1/', { name: `${QUEUE}/tasks/two` })
  expect(readFileSync(join(folder, 'tasks.jsonl'), 'utf8')).toContain('tasks/two')
})

test('two thousand tasks are accepted, and all are sent once', async () => {
  const { client, clock } = await world()
  const { hits, url } = await target()
  const scheduleTime = inMs(clock, HOUR)
  for (let batch = 0; batch < 20; batch += 1) {
    await Promise.all(Array.from({ length: 100 }, (_, n) => add(client, `${url}/${batch * 100 + n}`, { scheduleTime })))
  }
  expect(await names(client)).toHaveLength(2000)
  clock.advance(2 * HOUR)
  await eventually(() => expect(hits).toHaveLength(2000))
  expect(new Set(hits.map((hit) => hit.path)).size).toBe(2000)
}, 30_000)
