import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Stack } from '#tests/support/stack.ts'

/** A person would have gone home; what matters is that the request is never lost. */
const PATIENCE_MS = 400_000

/** Requests that a client has under way: all fifty at once would keep a host that has just begun from answering any. */
const AT_ONCE = 4

const MAKES = /\/v1\/(jobs|campaigns)$/

const Struck = z.object({ faults: z.array(z.object({ struck: z.int() })) })

/** A running stack as an ATS, a recruiter and the keeper of its sandbox meet it. */
export function stackClient(stack: Stack) {
  const turns = inTurns(AT_ONCE)
  const { apiUrl, ingestUrl, sandboxUrl, apiKey } = stack.profile()

  async function send(method: string, url: string, body?: object, key?: string): Promise<Response> {
    return fetch(url, {
      method,
      headers: {
        ...{ authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...(key && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    })
  }

  /** As a patient client: what finds nobody there, or a fault of the server, is asked again; a conflict is an answer, unless it is with itself. */
  async function ask<T>(of: z.ZodType<T>, method: string, url: string, body?: object): Promise<T | undefined> {
    // What is made is made once; a verb says by itself that it has been done, and need not wait until a dead request is forgotten.
    const key = method === 'POST' && MAKES.test(url) ? crypto.randomUUID() : undefined
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
      const answer = await turns(() => send(method, url, body, key)).catch(() => undefined)
      if (answer?.ok) return of.parse(await answer.json())
      const later = answer?.headers.has('retry-after')
      if (answer?.status === 409 && !later) return undefined
      if (answer && answer.status < 500 && !later)
        throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`)
      await pause(300)
    }
    throw new Error(`${method} ${url} was never answered`)
  }

  const sandbox = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await send(method, `${sandboxUrl}/_sandbox/${path}`, body)
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return answer.json()
  }

  return {
    sandbox,
    api: <T>(of: z.ZodType<T>, method: string, path: string, body?: object) =>
      ask(of, method, `${apiUrl}${path}`, body),
    ingest: <T>(of: z.ZodType<T>, body: object) => ask(of, 'POST', `${ingestUrl}/v1/jobs`, body),
    /** How many calls they struck. */
    async clearFaults(): Promise<number> {
      const { faults } = Struck.parse(await sandbox('GET', 'faults'))
      await sandbox('DELETE', 'faults')
      return faults.reduce((sum, { struck }) => sum + struck, 0)
    },
  }
}
export type StackClient = ReturnType<typeof stackClient>

/** At most so many at once; the others wait in the order in which they came. */
function inTurns(most: number) {
  const waiting: (() => void)[] = []
  let busy = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy === most) await new Promise<void>((go) => waiting.push(go))
    else busy++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else busy--
    }
  }
}
