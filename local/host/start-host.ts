import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type BodyLimits, limitsOf, receiveBody } from '../../functions/preload.mjs'
import { cloudEventOf } from './cloud-event.ts'
import type { Entry } from './entries.ts'
import { answerProblem } from './problem.ts'

type HostOptions = {
  port: number
  project: string
  entries: Map<string, Entry>
  /** functions.json, for the limits of bodies. */
  list: Parameters<typeof limitsOf>[0]
  /** A signed identity token for the function's own address. */
  identityToken: (audience: string) => Promise<string>
}

export type Host = { url: string; stop: (graceMs: number) => Promise<void> }

/**
 * Every function in one process: `/<function>/...` as Google calls it, `/events/<function>?topic=<topic>` for pushes of Pub/Sub,
 * `/_host/functions` to see which of them work.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { entries, list } = options
  const limits = new Map([...entries.keys()].map((name): [string, BodyLimits] => [name, limitsOf(list, name)]))

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://host')
    if (url.pathname === '/_host/functions') return answerStates(entries, response)
    const push = /^\/events\/([^/]+)$/.exec(url.pathname)?.[1]
    const name = push ?? url.pathname.split('/')[1] ?? ''
    const entry = entries.get(name)
    const limit = limits.get(name)
    if (!entry || !limit)
      return answerProblem(response, 404, 'Not Found', `functions.json lists no function "${name}".`)
    if ('fault' in entry)
      return answerProblem(response, 503, 'Service Unavailable', `${name} does not run: ${entry.fault}`)
    if (push) return await forwardPush(name, url.searchParams.get('topic') ?? '', request, response)
    request.url = request.url?.slice(name.length + 1).replace(/^(?!\/)/, '/') ?? '/'
    if (await receiveBody(request, response, limit)) entry.server.emit('request', request, response)
  }

  const forwardPush = async (name: string, topic: string, request: IncomingMessage, response: ServerResponse) => {
    const limit = limits.get(name)
    if (!limit || !(await receiveBody(request, response, { ...limit, parsed: true }))) return
    const event = cloudEventOf(Reflect.get(request, 'body'), options.project, topic)
    if ('fault' in event)
      return answerProblem(response, 400, 'Bad Request', `This is no push of Pub/Sub: ${event.fault}`)
    const { headers, body } = event
    const target = `${url}/${name}`
    const authorization = request.headers.authorization ?? `Bearer ${await options.identityToken(target)}`
    const answer = await fetch(target, { method: 'POST', headers: { ...headers, authorization }, body })
    response.writeHead(answer.status).end(await answer.text())
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error)
      if (response.headersSent) response.destroy()
      else answerProblem(response, 500, 'Internal Server Error', 'The function host failed; its log says why.')
    })
  })
  // As in the cloud, a function's own timeout ends a request, not the server's.
  server.requestTimeout = 0
  const url = await listen(server, options.port)
  return { url, stop: (graceMs) => close(server, graceMs) }
}

function answerStates(entries: Map<string, Entry>, response: ServerResponse): void {
  const states = [...entries].map(([name, entry]) => [name, 'fault' in entry ? entry.fault : 'ready'])
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(Object.fromEntries(states)))
}

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })

/** Takes no new request, lets those at work finish for `graceMs`. */
const close = (server: Server, graceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
