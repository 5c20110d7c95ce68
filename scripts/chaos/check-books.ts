import { z } from 'zod'
import { until } from '#tests/support/stack.ts'
import { PLATFORMS, type Wish } from './recruiter.ts'
import type { StackClient } from './stack-client.ts'

const Totals = z.object({
  ...{ impressions: z.int(), linkClicks: z.int(), spendMicros: z.int(), applications: z.int() },
})
const Books = z.object({
  now: z.string(),
  objects: z.array(
    z.object({
      ...{ id: z.string(), kind: z.string(), platform: z.string(), name: z.string().nullable(), status: z.string() },
      ...{ deleted: z.boolean(), effectiveStatus: z.string() },
      history: z.array(
        z.object({ status: z.unknown().optional(), changes: z.record(z.string(), z.unknown()).optional() }),
      ),
    }),
  ),
  campaigns: z.array(z.object({ name: z.string(), totals: Totals })),
})
type Thing = z.infer<typeof Books>['objects'][number]

const Journal = z.object({
  campaign: z.object({ syncedAt: z.string().nullable() }),
  channels: z.array(
    z.object({ platform: z.string(), steps: z.array(z.object({ externalId: z.string().nullable() })) }),
  ),
})
const Figures = z.object({
  ...{ impressions: z.int().nullable(), clicks: z.int().nullable() },
  ...{ spendMicros: z.int().nullable(), applications: z.int().nullable() },
})

/** The quarantine, the look after it and the minute of the sweeper: by then nothing that landed late is left. */
const SWEPT_WITHIN_MS = 150_000
const SYNCED_WITHIN_MS = 120_000
/** Past the end of every campaign, and past the last application that a platform still credits to a click. */
const AFTER_ALL = 'P12D'

type Say = (text: string) => void

/** What the platforms' own books say against what was wished; a line per breach. */
export async function checkBooks(client: StackClient, wishes: readonly Wish[], say: Say): Promise<string[]> {
  const books = async () => Books.parse(await client.sandbox('GET', 'books?detail=totals'))
  let breaches: string[] = []
  const lookAtTrees = async (): Promise<boolean> => {
    const { objects } = await books()
    breaches = [...wishes.flatMap((wish) => treesOf(wish, objects)), ...(await orphans(client, wishes, objects))]
    return breaches.length === 0
  }
  await until('the trees are swept', lookAtTrees, SWEPT_WITHIN_MS).catch(() => {})
  const { objects } = await books()
  const removed = objects.filter(({ deleted, kind }) => deleted && kind === 'campaign').length
  say(`${objects.length} objects were made, ${removed} campaigns of them removed as late twins`)
  return [...breaches, ...(await figures(client, wishes, books, say))]
}

const wasActive = ({ history }: Thing): boolean =>
  history.some(({ status, changes }) => status === 'ACTIVE' || changes?.status === 'ACTIVE')

/** One campaign per platform, as wished; what lies beside it is gone and never ran. */
function treesOf({ ref, desired }: Wish, objects: readonly Thing[]): string[] {
  return PLATFORMS.flatMap((platform) => {
    const named = objects.filter(
      (thing) => thing.kind === 'campaign' && thing.platform === platform && thing.name?.startsWith(`${ref} `),
    )
    const kept = named.filter(({ deleted }) => !deleted)
    const where = `${ref} on ${platform}`
    const ran = named.filter(wasActive)
    return [
      // A campaign that was closed before it was made has no tree; one that was made has one.
      ...(kept.length > 1 || (kept.length === 0 && desired === 'active') ? [`${where}: ${kept.length} campaigns`] : []),
      ...(ran.length > 1 ? [`${where}: ${ran.length} campaigns have been active`] : []),
      ...kept
        .filter(({ status }) => (status === 'ACTIVE') !== (desired === 'active'))
        .map(({ id, status }) => `${where}: ${id} is ${status} and shall be ${desired}`),
    ]
  })
}

/** What lives on a platform and stands in no journal. */
async function orphans(client: StackClient, wishes: readonly Wish[], objects: readonly Thing[]): Promise<string[]> {
  const known = new Set<string>()
  for (const { id } of wishes) {
    const view = await client.api(Journal, 'GET', `/v1/campaigns/${id}`)
    for (const { platform, steps } of view?.channels ?? [])
      for (const { externalId } of steps) if (externalId) known.add(`${platform} ${lastPart(externalId)}`)
  }
  const isKnown = ({ platform, id }: Thing) => known.has(`${platform} ${lastPart(id)}`)
  const trees = new Set(objects.filter((thing) => thing.kind === 'campaign' && isKnown(thing)).map(({ name }) => name))
  return objects
    .filter((thing) => !thing.deleted && !isKnown(thing))
    .filter(({ platform, kind, name }) => !(platform === 'google-ads' && isMadeWithItsCampaign(kind, name, trees)))
    .map(({ kind, id, name, platform }) => `${platform}: ${kind} ${id} (${name}) is in no journal`)
}

/** One atomic Mutate makes the whole tree, and the journal keeps its campaign alone; the budget bears the same name. */
const isMadeWithItsCampaign = (kind: string, name: string | null, trees: ReadonlySet<string | null>): boolean =>
  kind === 'budget' ? trees.has(name) : kind !== 'campaign'

/** Google names an object by its whole path, the others by its id alone. */
const lastPart = (id: string): string => id.slice(id.lastIndexOf('/') + 1)

/** Every figure to the micro, once all campaigns are over and were synced. */
async function figures(
  client: StackClient,
  wishes: readonly Wish[],
  books: () => Promise<z.infer<typeof Books>>,
  say: Say,
): Promise<string[]> {
  await client.sandbox('POST', 'clock', { advance: AFTER_ALL })
  const { now } = await books()
  for (const platform of PLATFORMS) await client.api(z.unknown(), 'POST', '/v1/sync', { platform })
  let wrong: string[] = []
  const compare = async (): Promise<boolean> => {
    const { campaigns } = await books()
    wrong = []
    for (const { id, ref } of wishes) {
      const truth = campaigns.filter(({ name }) => name.startsWith(`${ref} `)).map(({ totals }) => totals)
      const sum = (of: keyof z.infer<typeof Totals>) => truth.reduce((total, counts) => total + counts[of], 0)
      const said = await client.api(Figures, 'GET', `/v1/campaigns/${id}/metrics`)
      for (const [name, mine, theirs] of [
        ['impressions', said?.impressions, sum('impressions')],
        ['clicks', said?.clicks, sum('linkClicks')],
        ['spend in micros', said?.spendMicros, sum('spendMicros')],
        ['applications', said?.applications, sum('applications')],
      ] as const)
        if ((mine ?? 0) !== theirs) wrong.push(`${ref}: ${name} ${mine} instead of ${theirs}`)
    }
    return wrong.length === 0
  }
  await until('the figures are there', compare, SYNCED_WITHIN_MS).catch(() => {})
  const { campaigns } = await books()
  const spend = campaigns.reduce((total, { totals }) => total + totals.spendMicros, 0)
  say(
    `as of ${now} the books say ${(spend / 1e6).toFixed(2)} USD; AdFlux ${wrong.length ? 'differs' : 'says the same'}`,
  )
  return wrong
}
