import { logTo } from '#functions/lib/log.ts'
import { type Ablation, WHOLE } from './ablations.ts'
import { checkDays, checkFigures, unsynced } from './check-figures.ts'
import { type Breach, checkCommit, checkInvariants, type Evidence, restless } from './check-invariants.ts'
import { checkSpend } from './check-spend.ts'
import { type CloudOptions, simulatedCloud } from './cloud.ts'
import { createLedger } from './create-ledger.ts'
import { memoryDisk } from './firestore/disk.ts'
import { measuredLives } from './measured-lives.ts'
import { BEGINNING, foundOrganisation } from './organisation.ts'
import { simulatedPlatform } from './platform.ts'
import { CALM, type Profile, STORMY } from './profile.ts'
import { seeded } from './random.ts'
import { PLATFORMS_SIMULATED, type Script, STORM_MS } from './script.ts'
import { seedIds } from './seeded-ids.ts'
import { switchWatch } from './switch-watch.ts'
import { timeline } from './timeline.ts'
import { CANARY_MAIL, CANARY_TOKEN, type FaultPlan, randomFaults } from './worker.ts'

/** Faults have stopped, and everything must come to rest within the time that follows. */
const MOST_MS = STORM_MS + 5_400_000

export interface Options {
  profile?: Profile
  ablation?: Pick<Ablation, 'seams'>
  script?: (script: Script) => Promise<void>
  /** Instead of chance. */
  plan?: FaultPlan
}

export interface Result {
  seed: number
  breaches: string[]
  creates: number
  /** Campaigns that the platform made beyond the one of each channel. */
  extras: number
  virtualSeconds: number
}

/** One number = one life of the system, the same each time. */
export async function simulate(seed: number, options: Options = {}): Promise<Result> {
  const { profile = STORMY, ablation, script = measuredLives } = options
  const random = seeded(seed)
  const restore = seedIds(seeded(seed + 1_000_003))
  const time = timeline(BEGINNING)
  const disk = memoryDisk(() => new Date(time.now()))
  const breaches = new Set<string>()
  const breach: Breach = (what) => void breaches.add(what)
  const lines: string[] = []
  logTo({ write: (line) => void lines.push(line) })

  const stormy = (): boolean => time.elapsed() < STORM_MS
  const weather = (): Profile => (stormy() ? profile : CALM)
  const account = (key: (typeof PLATFORMS_SIMULATED)[number], naming: 'shared' | 'unique') =>
    simulatedPlatform({
      ...{ key, naming, time, random, faults: () => weather().platform },
      numbers: seeded(seed + (naming === 'shared' ? 2_000_003 : 3_000_017)),
    })
  const accounts = { meta: account('meta', 'shared'), 'google-ads': account('google-ads', 'unique') }
  const ledger = createLedger(time, breach)
  const cloudOptions: CloudOptions = {
    ...{ time, random, disk, weather, accounts, ledger, breach },
    switches: switchWatch(time, disk, breach),
    plan: options.plan ?? randomFaults(random, profile, stormy),
    seams: { ...WHOLE, ...ablation?.seams },
  }
  try {
    const cloud = simulatedCloud(cloudOptions)
    const evidence: Evidence = {
      disk,
      books: (platform) => accounts[platform as keyof typeof accounts]?.books,
      captured: () => [...cloud.queue.sent, ...cloud.topic.sent, ...lines],
      canaries: [CANARY_TOKEN, CANARY_MAIL],
    }
    const figuresOf = (platform: string) => accounts[platform as keyof typeof accounts]?.figures
    disk.observe((changes) => {
      checkCommit(changes, evidence, breach)
      checkDays(disk, changes, figuresOf, breach)
    })
    for (const { books } of Object.values(accounts)) books.observe(() => checkSpend(evidence, breach))
    const { database, store } = cloud.plain()
    await foundOrganisation(database, store, PLATFORMS_SIMULATED)
    await script({ random, time, cloud, accounts, disk })

    // A worker's clock may have been ahead: what it began in the storm may bear a time after it.
    const calmFrom = BEGINNING + STORM_MS + profile.skewMs
    // Rest is asked about once a virtual minute: the sweep is never quiet for longer.
    let looked = 0
    const over = (): boolean => {
      const minute = Math.floor((time.elapsed() - 30_000) / 60_000)
      const calm = options.plan ? minute > 1 : !stormy()
      if (!calm || minute === looked) return false
      looked = minute
      const late = unsynced(disk, calmFrom)
      return cloud.quiet() && restless(disk, time.now()).length === 0 && late.length === 0
    }
    await time.run(MOST_MS, over)
    if (!cloud.quiet()) breach('I6: work is still under way long after the storm')
    checkInvariants(evidence, time.now(), breach)
    for (const what of unsynced(disk, calmFrom)) breach(`I6: ${what}`)
    if (script === measuredLives) checkFigures(disk, figuresOf, breach)
    const campaigns = Object.values(accounts).flatMap(({ books }) =>
      books.objects.filter((o) => o.level === 'campaign'),
    )
    return {
      seed,
      breaches: [...breaches],
      creates: ledger.creates(),
      extras: campaigns.length - new Set(campaigns.map((object) => object.name)).size,
      virtualSeconds: Math.round(time.elapsed() / 1000),
    }
  } finally {
    restore()
  }
}
