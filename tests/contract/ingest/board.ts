import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  method: string
  path: string
  body: string
}

type Answer = { status?: number; body?: string | Uint8Array; headers?: Record<string, string> }

/** A job board on a free port that answers what the test says at that moment. */
export async function board(answer: (asked: Asked) => Answer) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const each = { method: request.method ?? '', path: request.url ?? '', body }
    asked.push(each)
    const { status = 200, body: sent = '', headers = {} } = answer(each)
    response.writeHead(status, headers).end(sent)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const greenhouseBoard = (ids: number[], title = (id: number) => `Opening ${id}`): string =>
  JSON.stringify({
    jobs: ids.map((id) => ({
      id,
      internal_job_id: id + 5000,
      title: title(id),
      absolute_url: `https://boards.example/acme/jobs/${id}`,
      location: { name: 'Bogotá, Colombia' },
      content: '&lt;p&gt;Words.&lt;/p&gt;',
      updated_at: '2026-11-01T00:00:00Z',
    })),
    meta: { total: ids.length },
  })
