import type { CampaignTerms } from '#domain/campaign.ts'
import type { Connection } from '#domain/connection.ts'
import { DomainError, type Problem } from '#domain/errors.ts'
import type { Job } from '#domain/job.ts'
import { sharesOf } from '#domain/split.ts'
import { type AdDay, daysBetween } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'

const LONGEST_DAYS = 366

interface Frame {
  job: Job
  connections: readonly Connection[]
  today: AdDay
}

/** Every mistake in a campaign's terms, each at its place in the input. */
export async function problemsOf(
  { store }: Pick<Ports, 'store'>,
  org: string,
  terms: Omit<CampaignTerms, 'name' | 'creative'> & { creative: { url: string | null; image: string | null } },
  { job, connections, today }: Frame,
): Promise<Problem[]> {
  const { dailyBudget, split, startsOn, endsOn, countries, creative } = terms
  const problems: Problem[] = []
  const add = (at: string, message: string, remedy: string): void => void problems.push({ at, message, remedy })
  if (job.status !== 'open') add('/job', `${job.ref} is closed`, 'Reopen it first.')
  if (dailyBudget.minor <= 0) add('/dailyBudget/amount', 'The daily budget must be above zero', 'Such as 20.00.')
  const other = connections.find((c) => c.currency !== dailyBudget.currency)
  if (other)
    add(
      '/dailyBudget/currency',
      `The ad account of ${other.platform} bills in ${other.currency}`,
      connections.every((c) => c.currency === other.currency)
        ? `Give the budget in ${other.currency}.`
        : 'Make one campaign for each currency.',
    )
  if (startsOn < today) add('/start', `${startsOn} has passed`, `Begin on ${today} or later.`)
  if (endsOn < startsOn) add('/end', 'It ends before it starts', `End on ${startsOn} or later.`)
  else if (daysBetween(startsOn, endsOn).length > LONGEST_DAYS)
    add('/end', `It runs longer than ${LONGEST_DAYS} days`, 'Choose an earlier end.')
  if (countries.length === 0) add('/countries', 'The job names no country', 'Say in which countries it is advertised.')
  if (!creative.url) add('/url', 'The job has no apply address', 'Give the address where candidates apply.')
  if (creative.image && !(await store.get(org, 'images', creative.image)))
    add('/image', 'No such image', 'Upload it first: POST /v1/images.')
  const platforms = connections.map((c) => c.platform)
  const stray = Object.keys(split).find((platform) => !platforms.some((p) => p === platform))
  if (stray) add(`/split/${stray}`, `The campaign does not run on ${stray}`, 'Weigh its own platforms alone.')
  else if (dailyBudget.minor > 0 && dailyBudget.minor < platforms.length)
    add('/dailyBudget/amount', 'It is too small to be split over the platforms', 'Raise it.')
  else if (dailyBudget.minor > 0) sharesOf(dailyBudget, platforms, split)
  return problems
}

/** Throws `invalid` with a pointer per mistake; the first one speaks for all. */
export function demandNone(problems: readonly Problem[]): void {
  const [first] = problems
  if (!first) return
  throw new DomainError('invalid', first.message, {
    problems: [...problems],
    ...(first.remedy && { remedy: first.remedy }),
  })
}

/** Segments by id or by their name in either language; unknown ones are added to `problems`. */
export async function segmentIds(
  { store }: Pick<Ports, 'store'>,
  org: string,
  wanted: readonly string[],
  problems: Problem[],
): Promise<string[]> {
  if (wanted.length === 0) return []
  const { items } = await store.list(org, 'segments', { where: { active: true }, limit: 200 })
  return wanted.flatMap((text, i) => {
    const found = items.find((s) => [s.id, s.name.es, s.name.en].some((n) => n.toLowerCase() === text.toLowerCase()))
    if (!found)
      problems.push({
        at: `/segments/${i}`,
        message: `No active segment ${text}`,
        remedy: 'List them: GET /v1/segments.',
      })
    return found ? [found.id] : []
  })
}
