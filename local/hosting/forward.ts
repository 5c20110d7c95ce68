import { type IncomingMessage, request as open, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { answerProblem } from '../host/problem.ts'

const PER_HOP = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'proxy-connection']

/** Sends a request on to a function with path and query kept, as Firebase Hosting does, and its answer back. */
export function forwardTo(functionUrl: string, request: IncomingMessage, response: ServerResponse): void {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !PER_HOP.includes(name)))
  const onward = open(
    `${functionUrl}${request.url}`,
    {
      method: request.method,
      headers: {
        ...headers,
        ...(request.headers['transfer-encoding'] ? { 'transfer-encoding': 'chunked' } : {}),
        'x-forwarded-host': request.headers.host,
        'x-forwarded-for': request.socket.remoteAddress,
        'x-forwarded-proto': 'http',
      },
    },
    (answer) => {
      // The browser has gone meanwhile (a reload): there is nobody to answer.
      if (response.destroyed) return void answer.destroy()
      const kept = Object.entries(answer.headers).filter(([name]) => !PER_HOP.includes(name))
      for (const [name, value] of kept) if (value !== undefined) response.setHeader(name, value)
      response.statusCode = answer.statusCode ?? 502
      pipeline(answer, response, () => undefined)
    },
  )
  onward.on('error', () => {
    if (response.headersSent) response.destroy()
    else answerProblem(response, 503, 'Service Unavailable', 'The function host is starting. Try again in a second.')
  })
  // A function may answer before it has read everything; the answer then still goes back.
  pipeline(request, onward, () => undefined)
}
