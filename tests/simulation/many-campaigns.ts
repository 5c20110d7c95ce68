import type { Usage } from '#domain/account-limits.ts'
import type { Channel } from '#domain/channel.ts'
import { PLATFORMS } from '#domain/ids.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { logTo } from '#functions/lib/log.ts'
import type { AdPlatform } from '#functions/ports/index.ts'
import { CAUSE } from '#tests/support/world.ts'
import { WHOLE } from './ablations.ts'
import type { PlatformObject } from './books.ts'
import { simulatedCloud } from './cloud.ts'
import { memoryDisk } from './firestore/disk.ts'
import { BEGINNING, foundOrganisation, ORG } from './organisation.ts'
import { simulatedPlatform } from './platform.ts'
import { CALM } from './profile.ts'
import { seeded } from './random.ts'
import { draft } from './script.ts'
import { timeline } from './timeline.ts'

/** What each answer says of the account's quota. */
const USED_PERCENT = 5

/** A call that began on a platform. */
export interface Begun {
  at: number
  method: 'create' | 'update' | 'activate' | 'pause' | 'remove'
}

/** The product's own verbs on a calm day, with one running campaign on every platform multiplied to `count`; nothing fails, all takes time. */
export async function manyCampaigns(count: number) {
  logTo({ write: () => undefined })
  const random = seeded(1)
  const time = timeline(BEGINNING)
  const disk = memoryDisk(() => new Date(time.now()))
  const account = (key: (typeof PLATFORMS)[number]) =>
    simulatedPlatform({
      key,
      naming: key === 'google-ads' ? 'unique' : 'shared',
      time,
      random,
      numbers: seeded(2),
      faults: () => CALM.platform,
    })
  const accounts = { meta: account('meta'), 'google-ads': account('google-ads'), 'amazon-ads': account('amazon-ads') }
  const calls: Begun[] = []
  const watch = (platform: AdPlatform, report: (usage: Usage) => void): AdPlatform => {
    const begins = (method: Begun['method']) => {
      calls.push({ at: time.now(), method })
      report({ percent: USED_PERCENT })
    }
    return {
      ...platform,
      async create(step, made) {
        begins('create')
        return platform.create(step, made)
      },
      async update(step, made) {
        begins('update')
        return platform.update(step, made)
      },
      async set(made, delivery) {
        begins(delivery === 'paused' ? 'pause' : 'activate')
        return platform.set(made, delivery)
      },
      async remove(level, id) {
        begins('remove')
        return platform.remove(level, id)
      },
    }
  }
  const breach = (what: string): never => {
    throw new Error(what)
  }
  const cloud = simulatedCloud({
    ...{
      time,
      random,
      disk,
      accounts,
      breach,
      weather: () => CALM,
      ledger: { creates: () => 0, watch: (platform) => platform },
    },
    ...{ switches: { watch }, plan: { at: () => undefined, stallMs: () => 0 }, seams: WHOLE },
  })
  const { database, store } = cloud.plain()
  await foundOrganisation(database, store, PLATFORMS)

  /** Until nobody works and nothing waits. */
  const rest = (seconds: number): Promise<void> => time.run(time.elapsed() + seconds * 1000, cloud.quiet)
  const publish = async (job: string): Promise<string> => {
    const { id } = await draft({ cloud }, job, [...PLATFORMS], { end: '2026-12-20' })
    cloud.act('publish', (ports) => publishCampaign(ports, ORG, CAUSE, id))
    return id
  }
  const model = await publish('job_1')
  await rest(900)
  for (let n = 2; n <= count; n++) multiply(n)

  /** Everything of the model again under another name: its documents, its share of the ledger, and what the platforms have of it. */
  function multiply(n: number): void {
    const made = Object.values(accounts).flatMap(({ books }) => books.objects.filter((o) => !o.id.includes('_')))
    const renamed = <T>(data: T): T => {
      let text = JSON.stringify(data)
        .replaceAll(model, `${model}_${n}`)
        .replaceAll('CMP-0001', `CMP-${n + 1000}`)
      for (const { id } of made) text = text.replaceAll(`"${id}"`, `"${id}_${n}"`).replaceAll(`_${id}"`, `_${id}_${n}"`)
      return JSON.parse(text)
    }
    for (const { books } of Object.values(accounts)) {
      const own = books.objects.filter((o) => !o.id.includes('_'))
      books.objects.push(...own.map((object): PlatformObject => renamed(object)))
    }
    const ofModel = ['campaigns', 'channels', 'externals']
      .flatMap((kind) => [...disk.group(kind)])
      .filter(({ path, data }) => path.split('/').includes(model) || data.campaignId === model)
    const ledger = disk.read(`orgs/${ORG}/ledger/daily`)?.data ?? {}
    const own = Object.entries(Object(ledger.reserved)).filter(([id]) => id.startsWith(`${model}/`))
    const reserved = { ...Object(ledger.reserved), ...renamed(Object.fromEntries(own)) }
    disk.commit(
      [
        ...ofModel.map((row) => ({ kind: 'set' as const, ...renamed({ path: row.path, data: row.data }) })),
        { kind: 'set', path: `orgs/${ORG}/ledger/daily`, data: { ...ledger, reserved } },
      ],
      [],
    )
  }

  const delivering = (): number =>
    Object.values(accounts)
      .flatMap(({ books }) => books.objects)
      .filter(({ level, delivery, removed }) => level === 'campaign' && delivery === 'active' && !removed).length
  /** Whether a channel's campaign delivers on its platform. */
  const runs = (channelId: string): boolean => {
    const data = disk.read(`orgs/${ORG}/campaigns/${channelId.replace('/', '/channels/')}`)?.data as Channel | undefined
    const id = data?.steps.find(({ key }) => key === 'campaign')?.externalId ?? undefined
    return data !== undefined && accounts[data.platform].books.byId(id)?.delivery === 'active'
  }
  return { accounts, calls, cloud, delivering, disk, publish, rest, runs, store, time }
}
