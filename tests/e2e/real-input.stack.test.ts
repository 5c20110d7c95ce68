import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sharedData } from '#tests/support/present.ts'
import { removePlace, type Stack, type StackPlace, stackPlace, startStack, until } from '#tests/support/stack.ts'
import { controlOf, terminal } from '#tests/support/terminal.ts'

/** What recruiters and their systems really have, from the file to the cent. */

const data = sharedData() ?? ''
let place: StackPlace
let stack: Stack
const adflux = terminal(() => stack)
const sandbox = controlOf(() => stack)

const Counts = z.object({
  ...{ received: z.int(), created: z.int(), updated: z.int(), unchanged: z.int(), closed: z.int() },
  ...{ stale: z.int(), merged: z.int(), rejected: z.int(), problems: z.array(z.unknown()) },
})
const sum = (c: z.infer<typeof Counts>): number =>
  c.created + c.updated + c.unchanged + c.closed + c.stale + c.merged + c.rejected

const files = (folder: string): string[] =>
  data
    ? readdirSync(join(data, folder), { withFileTypes: true }).flatMap((f) =>
        f.isFile() ? [join(folder, f.name)] : [],
      )
    : []
const FILES = [
  ...files('ats_payloads'),
  ...files('ats_payloads/webhooks'),
  ...files('xml_feed'),
  ...(data ? ['jobs/jobs_latam_2600.csv.gz'] : []),
]

describe.skipIf(!data)('real input', () => {
  beforeAll(async () => {
    place = await stackPlace()
    stack = await startStack(place, ['--empty'])
  }, 300_000)
  afterAll(async () => {
    await stack?.end('SIGTERM')
    removePlace(place)
  })

  test.each(FILES)(
    '%s imports with sums that add up, and a second time changes nothing',
    async (file) => {
      const source = `real-${file.replace(/\W+/g, '-')}`.slice(0, 60)
      await adflux(z.unknown(), 'feeds', 'add', '--name', source, '--format', 'native')
      const first = await adflux(Counts, 'jobs', 'import', join(data, file))
      expect(first.received, JSON.stringify(first.problems.slice(0, 3))).toBeGreaterThan(0)
      expect(sum(first)).toBe(first.received)
      expect(first.rejected, JSON.stringify(first.problems.slice(0, 3))).toBe(0)
      const second = await adflux(Counts, 'jobs', 'import', join(data, file))
      expect(second).toMatchObject({ received: first.received, created: 0, updated: 0, rejected: 0 })
      expect(second.unchanged + second.merged + second.closed).toBe(first.received)
    },
    240_000,
  )

  test('profiles import and train, a campaign on two segments runs a week, and every figure equals the books', async () => {
    const people = join(data, 'profiles/stackoverflow_2017_modeldata.csv.gz')
    const ignored = ['CompanySizeNumber', 'CareerSatisfaction', 'OpenSource', 'Hobby', 'Remote']
    const imported = await adflux(
      z.object({ received: z.int(), created: z.int(), rejected: z.int(), problems: z.array(z.unknown()) }),
      ...['candidates', 'import', people, '--source', 'survey', '--currency', 'USD'],
      ...['--map', 'rownames=externalId', '--map', 'Country=place', '--map', 'YearsCodedJob=yearsExperience'],
      ...['--map', 'Salary=desiredSalary:USD:YEAR'],
      ...ignored.flatMap((column) => ['--map', `${column}=`]),
    )
    expect(imported.created + imported.rejected).toBe(imported.received)
    expect(imported.rejected, JSON.stringify(imported.problems.slice(0, 3))).toBe(0)

    const Trained = z.object({ k: z.int(), n: z.int(), segments: z.array(z.object({ id: z.string(), size: z.int() })) })
    const model = await adflux(Trained, 'ml', 'train', '--clusters', '3')
    expect(model.k).toBe(3)
    expect(model.segments.reduce((total, s) => total + s.size, 0)).toBe(model.n)

    const { items } = await adflux(
      z.object({ items: z.array(z.object({ ref: z.string() })) }),
      'jobs',
      'list',
      '--status',
      'open',
    )
    const [one, two] = model.segments
    const campaign = await adflux(
      z.object({ ref: z.string() }),
      ...[
        'campaigns',
        'create',
        '--job-id',
        items[0]?.ref ?? '',
        '--platform',
        'meta',
        '--daily-budget',
        '30.00',
        '--currency',
        'USD',
      ],
      ...['--end', '2027-06-30', '--country', 'US,GB,DE,IN,CA', '--url', 'https://jobs.example.com/1'],
      ...['--segment', one?.id ?? '', '--segment', two?.id ?? ''],
    )
    await adflux(z.unknown(), 'campaigns', 'publish', campaign.ref, '--wait')
    await sandbox('/_sandbox/clock', { advance: 'PT1H' })
    const status = async () =>
      (await adflux(z.object({ status: z.string() }), 'campaigns', 'view', campaign.ref)).status
    await until('it runs', async () => (await status()) === 'ACTIVE')
    await sandbox('/_sandbox/clock', { advance: 'P7D' })

    // Paused, it earns no further impression: what is synced after it is final until the platform restates.
    await adflux(z.unknown(), 'campaigns', 'pause', campaign.ref, '--wait')
    await adflux(z.unknown(), 'campaigns', 'sync', '--platform', 'meta', '--wait')
    const figures = await adflux(Figures, 'campaigns', 'metrics', campaign.ref)
    const truth = await books(campaign.ref)
    expect({ ...figures, spend: figures.spend.minor }).toMatchObject({
      impressions: truth.impressions,
      clicks: truth.linkClicks,
      spend: truth.spendMinor,
      reach: truth.reach,
    })
    expect(figures.applications).toBeLessThanOrEqual(truth.applications)
    expect(figures.impressions).toBeGreaterThan(0)
  }, 300_000)
})

const Figures = z.object({
  ...{ impressions: z.int(), clicks: z.int(), reach: z.int(), applications: z.int() },
  spend: z.object({ minor: z.int() }),
})
const Totals = z.object({
  ...{ impressions: z.int(), linkClicks: z.int(), reach: z.int(), applications: z.int(), spendMinor: z.int() },
})

async function books(ref: string): Promise<z.infer<typeof Totals>> {
  const Books = z.object({ campaigns: z.array(z.object({ name: z.string(), totals: Totals })) })
  const found = Books.parse(await sandbox('/_sandbox/books')).campaigns.find(({ name }) => name.startsWith(`${ref} `))
  if (!found) throw new Error(`${ref} is not in the books`)
  return found.totals
}
