import { generate } from '#domain/demo/generate.ts'
import { applyAll } from './apply-all.ts'
import { type DemoApi, demoApi } from './demo-api.ts'
import { runDemoCampaigns } from './demo-campaigns.ts'

/** What the demo data may use: the API keys of the organisations, where the functions answer, whether nothing but the organisations is wanted. */
export type DemoContext = {
  empty: boolean
  apiKeys: Record<string, string>
  /** Address of the function host; functions answer below their name. */
  functionsUrl: string
  sandboxUrl: string
  say: (line: string) => void
}

const SIZE = { jobs: 24, candidates: 150, seed: 7 }
/** As `data seed` names it, so that both speak of the same people. */
const SOURCE = 'demo'

/**
 * Fills the demo organisation through the API, as an ATS and a recruiter would: openings, people with their consents, segments,
 * applications. What is there already stays as it is.
 */
export async function loadDemo({ empty, apiKeys, functionsUrl, sandboxUrl, say }: DemoContext): Promise<void> {
  if (empty) return
  const api = demoApi(functionsUrl, apiKeys.demo ?? '')
  const { jobs, candidates } = generate(SIZE)
  await api.push(jobs)
  const { created } = await api.importCandidates(candidates, SOURCE)
  await trainOnce(api)
  const { items: campaigns } = await api.get<{ items: unknown[] }>('/v1/campaigns?limit=1')
  if (campaigns.length === 0) await runDemoCampaigns(api, sandboxUrl)
  await applyAll(api, jobs, candidates)
  if (created > 0) say(`Demo data: ${jobs.length} openings, ${candidates.length} candidates`)
}

async function trainOnce(api: DemoApi): Promise<void> {
  const { items } = await api.get<{ items: unknown[] }>('/v1/models?limit=1')
  if (items.length === 0) await api.post('/v1/models/train', { clusters: 5, seed: SIZE.seed })
}
