import { createRoute, z } from '@hono/zod-openapi'
import { Connection } from '#domain/connection.ts'
import { PlatformKey } from '#domain/ids.ts'
import { closeReconnection } from '#functions/capabilities/campaigns/reconnection.ts'
import { redriveChannel } from '#functions/capabilities/campaigns/redrive.ts'
import { redriveRefused } from '#functions/capabilities/campaigns/redrive-refused.ts'
import { ConnectionInput, checkConnection, connect } from '#functions/capabilities/connections/connect.ts'
import { redriveSync } from '#functions/capabilities/metrics/redrive-sync.ts'
import { syncNow } from '#functions/capabilities/metrics/start-syncs.ts'
import { findLetter } from '#functions/capabilities/tasks/find-letter.ts'
import { listTasks } from '#functions/capabilities/tasks/list-tasks.ts'
import type { App } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { IdParam, json, jsonBody, problems } from '#functions/lib/openapi.ts'
import { type Caller, causeOf, demand } from '#functions/lib/session.ts'
import type { Ports } from '#functions/ports/index.ts'
import { ports } from '#functions/wiring.ts'

const PlatformParam = z.object({ platform: PlatformKey })
const Sync = z.object({ platform: PlatformKey }).strict().meta({ id: 'SyncInput' })
const ScheduleView = z
  .object({
    name: z.string(),
    cron: z.string(),
    timeZone: z.string(),
    state: z.enum(['enabled', 'paused']),
    nextRunAt: z.string().nullable(),
    lastRunAt: z.string().nullable(),
  })
  .meta({ id: 'Schedule' })
const ScheduleInput = z
  .object({
    cron: z.string().max(100).optional(),
    timeZone: z.string().max(64).optional(),
    paused: z.boolean().optional(),
  })
  .strict()
  .meta({ id: 'ScheduleInput' })
const Task = z
  .object({
    id: z.string(),
    kind: z.enum(['publish', 'sync', 'pull', 'event']),
    subject: z.string(),
    state: z.enum(['running', 'waiting', 'failed']),
    attempts: z.int(),
    lastError: z.string().nullable(),
    wakeAt: z.string().nullable(),
  })
  .meta({ id: 'Task' })
const items = <S extends z.ZodType>(schema: S) => z.object({ items: z.array(schema) })

const listConnections = createRoute({
  method: 'get',
  path: '/v1/connections',
  summary: 'Connected ad accounts; tokens are never shown',
  responses: { 200: json(items(Connection), 'All of them'), ...problems },
})
const saveConnection = createRoute({
  method: 'put',
  path: '/v1/connections/{platform}',
  summary: 'Connect an ad account; it is asked who it is before anything is kept',
  request: { params: PlatformParam, ...jsonBody(ConnectionInput) },
  responses: { 200: json(Connection, 'The connection'), ...problems },
})
const check = createRoute({
  method: 'post',
  path: '/v1/connections/{platform}/check',
  summary: 'Ask the platform whether the connection works',
  request: { params: PlatformParam },
  responses: { 200: json(Connection, 'Its state as of now'), ...problems },
})
const sync = createRoute({
  method: 'post',
  path: '/v1/sync',
  summary: 'Fetch the figures of a platform now',
  request: jsonBody(Sync),
  responses: { 202: json(z.object({ accounts: z.int() }), 'Syncs started; 0 = one is running already'), ...problems },
})
const listSchedules = createRoute({
  method: 'get',
  path: '/v1/schedules',
  summary: 'When AdFlux pulls, syncs and trains',
  responses: { 200: json(items(ScheduleView), 'The settable schedules'), ...problems },
})
const setSchedule = createRoute({
  method: 'put',
  path: '/v1/schedules/{id}',
  summary: 'Change a schedule in Cloud Scheduler',
  request: { params: IdParam, ...jsonBody(ScheduleInput) },
  responses: { 200: json(ScheduleView, 'The schedule as it is now'), ...problems },
})
const listWork = createRoute({
  method: 'get',
  path: '/v1/tasks',
  summary: 'Work under way, and work that was given up',
  responses: { 200: json(items(Task), 'The newest 100 of each kind'), ...problems },
})
const redrive = createRoute({
  method: 'post',
  path: '/v1/tasks/{id}/redrive',
  summary: 'Try again what was given up: a publish, or the sync of an ad account',
  request: { params: IdParam },
  responses: { 202: json(z.object({ id: z.string(), state: z.literal('redriven') }), 'It runs again'), ...problems },
})

export function operationRoutes(app: App): void {
  for (const path of ['/v1/connections/*', '/v1/sync', '/v1/schedules/*']) app.use(path, wellFormedJson)
  app.openapi(listConnections, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { store } = await ports('store')
    return c.json({ items: (await store.list(caller.org, 'connections', { limit: 50 })).items }, 200)
  })
  app.openapi(saveConnection, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'connections:write')
    const needs = await ports('store', 'secrets', 'platforms', 'clock', 'tasks')
    const { platform } = c.req.valid('param')
    const connection = await connect(needs, caller.org, causeOf(caller), platform, c.req.valid('json'))
    await goOn(needs, caller, connection)
    return c.json(connection, 200)
  })
  app.openapi(check, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'connections:write')
    const needs = await ports('store', 'secrets', 'platforms', 'clock', 'tasks')
    const connection = await checkConnection(needs, caller.org, causeOf(caller), c.req.valid('param').platform)
    await goOn(needs, caller, connection)
    return c.json(connection, 200)
  })
  app.openapi(sync, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'campaigns:write')
    const needs = await ports('store', 'tasks')
    const accounts = await syncNow(needs, caller.org, causeOf(caller), c.req.valid('json').platform)
    return c.json({ accounts }, 202)
  })
  app.openapi(listSchedules, async (c) => {
    demand(c.get('caller'), 'read')
    return c.json({ items: await (await ports('schedules')).schedules.list() }, 200)
  })
  app.openapi(setSchedule, async (c) => {
    demand(c.get('caller'), 'schedules:write')
    const { schedules } = await ports('schedules')
    const { cron, timeZone, paused } = c.req.valid('json')
    const change = {
      ...(cron !== undefined && { cron }),
      ...(timeZone !== undefined && { timeZone }),
      ...(paused !== undefined && { paused }),
    }
    return c.json(await schedules.set(c.req.valid('param').id, change), 200)
  })
  app.openapi(listWork, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    return c.json({ items: await listTasks(await ports('store'), caller.org) }, 200)
  })
  app.openapi(redrive, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'tasks:redrive')
    const needs = await ports('store', 'tasks')
    const { id } = c.req.valid('param')
    const letter = await findLetter(needs, caller.org, id)
    if (letter.kind === 'sync') await redriveSync(needs, caller.org, causeOf(caller), letter)
    else await redriveChannel(needs, caller.org, causeOf(caller), id)
    return c.json({ id, state: 'redriven' as const }, 202)
  })
}

/** A connection that works again: what waited for it, or failed for want of it, goes on. */
async function goOn(needs: Pick<Ports, 'store' | 'tasks'>, caller: Caller, connection: Connection): Promise<void> {
  if (connection.status !== 'ok') return
  const { org } = caller
  await closeReconnection(needs, org, causeOf(caller), connection.platform)
  await redriveRefused(needs, org, causeOf(caller), connection.platform)
}
