import type { ServerResponse } from 'node:http'

/** Answers with a problem document (RFC 9457). */
export function answerProblem(response: ServerResponse, status: number, title: string, detail: string): void {
  const retry = status === 503 ? { 'retry-after': '1' } : {}
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...retry })
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail }))
}
