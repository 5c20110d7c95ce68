import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { generate } from '#domain/demo/generate.ts'
import type { Random } from '#tests/simulation/random.ts'
import { until } from '#tests/support/stack.ts'
import type { StackClient } from './stack-client.ts'

export const PLATFORMS = ['meta', 'google-ads', 'amazon-ads'] as const
/** What a campaign shall be when all is over. */
export type Wish = { id: string; ref: string; desired: 'active' | 'paused' | 'closed' }

const Jobs = z.object({ jobs: z.array(z.object({ id: z.string() })) })
const Made = z.object({ id: z.string(), ref: z.string() })
const Status = z.object({
  campaign: z.object({ status: z.string(), reason: z.object({ code: z.string() }).nullable() }),
  channels: z.array(
    z.object({
      ...{ platform: z.string(), confirmed: z.string(), status: z.string() },
      reason: z.object({ code: z.string(), message: z.string().nullable() }).nullable(),
      steps: z.array(z.object({ state: z.string() })),
    }),
  ),
})
const Work = z.object({ items: z.array(z.object({ id: z.string(), state: z.string() })) })
const Any = z.unknown()

/** The share of the killing by which all is published; what is paused and closed follows while it goes on. */
const PUBLISHED_BY = 0.7
const SETTLES_WITHIN_MS = 200_000

/** Somebody who drafts campaigns, publishes them one by one while hosts die, and thinks better of some. */
export function recruiter(client: StackClient, random: Random) {
  const wishes: Wish[] = []
  let published = 0

  const move = (wish: Wish, verb: string) => client.api(Any, 'POST', `/v1/campaigns/${wish.id}/${verb}`, {})

  async function states() {
    return Promise.all(
      wishes.map(async (wish) => ({ wish, state: await client.api(Status, 'GET', `/v1/campaigns/${wish.id}`) })),
    )
  }

  /** What gave up after its last attempt is retried, as an administrator would from the console. */
  async function redrive(): Promise<number> {
    const work = await client.api(Work, 'GET', '/v1/tasks')
    const failed = work?.items.filter(({ state }) => state === 'failed') ?? []
    for (const { id } of failed) await client.api(Any, 'POST', `/v1/tasks/${id}/redrive`, {})
    return failed.length
  }

  return {
    async draft(count: number): Promise<void> {
      const { jobs } = generate({ jobs: count, candidates: 0, seed: 3 })
      const pushed = await client.ingest(Jobs, jobs)
      const { now } = z.object({ now: z.string() }).parse(await client.sandbox('GET', 'clock'))
      const end = new Date(Date.parse(now) + 2 * 86_400_000).toISOString().slice(0, 10)
      const money = { amount: '30.00', currency: 'USD' }
      await Promise.all(
        (pushed?.jobs ?? []).map(async ({ id }) => {
          const input = { job: id, platforms: PLATFORMS, dailyBudget: money, end, countries: ['MX'] }
          const made = await client.api(Made, 'POST', '/v1/campaigns', input)
          if (made) wishes.push({ ...made, desired: 'active' })
        }),
      )
    },

    /** Publishes in step with the killing, many at once; of those that are out, one in five is paused and one in five closed, whatever they are doing. */
    async work(share: () => number): Promise<void> {
      const reached = async (part: number): Promise<void> => {
        while (share() < part) await pause(50)
      }
      await Promise.all(
        wishes.map(async (wish, n) => {
          await reached((PUBLISHED_BY * n) / wishes.length)
          await move(wish, 'publish')
          published++
          await reached(random.between(share(), 1))
          if (!random.chance(0.4)) return
          const verb = random.pick(['pause', 'close'] as const)
          if ((await move(wish, verb)) !== undefined) wish.desired = verb === 'pause' ? 'paused' : 'closed'
        }),
      )
    },

    /** Resolves when the platforms have confirmed every wish, or time is up: how many drives had given up and were retried, and what is left. */
    async settle(): Promise<{ redriven: number; left: string[] }> {
      let [redriven, left] = [0, ['']]
      const look = async (): Promise<boolean> => {
        redriven += await redrive()
        left = (await states()).flatMap(({ wish, state }) =>
          state ? missing(wish, state) : [`${wish.ref} is not there`],
        )
        return left.length === 0
      }
      await until('every campaign is as it was asked to be', look, SETTLES_WITHIN_MS).catch(() => {})
      return { redriven, left }
    },
    wishes: () => wishes,
    summary: () => {
      const of = (desired: Wish['desired']) => wishes.filter((wish) => wish.desired === desired).length
      return `${published} published, ${of('paused')} of them paused and ${of('closed')} closed again`
    },
  }
}

/** What the platforms have not confirmed yet. */
function missing({ ref, desired }: Wish, { campaign, channels }: z.infer<typeof Status>): string[] {
  if (channels.length !== PLATFORMS.length) return [`${ref} has ${channels.length} channels`]
  return channels
    .filter(({ confirmed, steps }) => {
      if (desired === 'active') return confirmed !== 'active'
      // A platform that was never asked for anything has nothing to confirm.
      return !['paused', 'gone'].includes(confirmed) && steps.some(({ state }) => state !== 'planned')
    })
    .map(
      ({ platform, confirmed, status, reason }) =>
        `${ref} shall be ${desired}: on ${platform} it is ${confirmed}, ${status} (${reason?.code}: ${reason?.message}); the campaign is ${campaign.status}`,
    )
}
