/** The API as the demo data use it. Every call throws where it is not answered with success. */
export type DemoApi = {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  push(jobs: readonly unknown[]): Promise<unknown>
  importCandidates(candidates: readonly unknown[], source: string): Promise<{ created: number }>
}

export function demoApi(functionsUrl: string, apiKey: string): DemoApi {
  async function call<T>(path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${functionsUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`The demo data could not be loaded: ${path} answered ${answer.status} ${text}`)
    return JSON.parse(text)
  }
  return {
    get: (path) => call(`/api${path}`),
    post: (path, body) => call(`/api${path}`, body),
    push: (jobs) => call('/ingest-jobs/v1/jobs', jobs),
    importCandidates: async (candidates, source) => {
      const answer = await call<{ created: number; rejected: number; problems: unknown[] }>(
        `/api/v1/candidates/import?source=${source}`,
        candidates,
      )
      if (answer.rejected > 0)
        throw new Error(`The demo data could not be loaded: ${JSON.stringify(answer.problems[0])}`)
      return answer
    },
  }
}
