import { expect, onTestFinished } from 'vitest'
import { adflux } from './adflux.ts'
import { type FakeApi, fakeApi, type Route } from './fake-api.ts'

/** A server for the running test alone; the test fails where a request broke the API's own rules. */
export async function taughtApi(routes: Record<string, Route>): Promise<FakeApi> {
  const api = await fakeApi(routes)
  onTestFinished(async () => {
    await api.close()
    expect(api.faults).toEqual([])
  })
  return api
}

/** Teaches a server one answer, runs the words with --json, and tells what was sent and printed. */
export async function sends(
  argv: string[],
  route: string,
  reply: Route,
  world: { stdin?: string; cwd?: string; env?: Record<string, string> } = {},
) {
  const api = await taughtApi({ [route]: reply })
  const told = await adflux([...argv, '--json'], { ...world, env: { ...api.env, ...world.env } })
  return { ...told, sent: api.seen.at(-1), document: told.stdout ? JSON.parse(told.stdout) : undefined }
}

/** Answers with what it was sent, as a stored thing. */
export const echo: Route = ({ body }) => ({ body: { id: 'x', ref: 'X-0001', ...(body as object) } })
