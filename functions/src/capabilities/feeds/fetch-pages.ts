import { DomainError } from '#domain/errors.ts'
import type { Feed, FeedFormat } from '#domain/feed.ts'
import type { IntakeItem } from '#domain/ingest/item.ts'
import type { Fetched, Fetcher } from '#functions/ports/index.ts'

/** What a board leaves out unless it is asked. */
const ASKED: Partial<Record<FeedFormat, Record<string, string>>> = {
  greenhouse: { content: 'true', pay_transparency: 'true' },
  ashby: { includeCompensation: 'true' },
  lever: { mode: 'json' },
  workable: { details: 'true' },
}
const PAGE = { smartrecruiters: 100, workday: 20 } as const
const MOST_PAGES = 1000

type Pages = Pick<Fetcher, 'get' | 'post'>

/** The feed's records, page after page where its vendor pages. Throws `unavailable`, and what the fetcher and `read` throw. */
export async function* fetchPages(
  fetcher: Pages,
  feed: Pick<Feed, 'format'> & { url: string },
  read: (body: AsyncIterable<Uint8Array>) => AsyncIterable<IntakeItem>,
): AsyncGenerator<IntakeItem> {
  const size = feed.format in PAGE ? PAGE[feed.format as keyof typeof PAGE] : undefined
  let index = 0
  for (let page = 0; page < MOST_PAGES; page++) {
    let listed = 0
    for await (const item of read((await fetchPage(fetcher, feed, page * (size ?? 0), size)).body)) {
      listed += item.merged + 1
      yield { ...item, index: index++, at: page === 0 ? item.at : `page ${page + 1}, ${item.at}` }
    }
    if (size === undefined || listed < size) return
  }
  throw new DomainError('too_large', `The feed has more than ${MOST_PAGES} pages`, { remedy: 'Narrow its address.' })
}

async function fetchPage(
  fetcher: Pages,
  feed: Pick<Feed, 'format'> & { url: string },
  offset: number,
  size: number | undefined,
): Promise<Fetched> {
  const url = new URL(feed.url)
  for (const [name, value] of Object.entries(ASKED[feed.format] ?? {}))
    if (!url.searchParams.has(name)) url.searchParams.set(name, value)
  if (feed.format === 'smartrecruiters') {
    url.searchParams.set('limit', String(size))
    url.searchParams.set('offset', String(offset))
  }
  const answer =
    feed.format === 'workday'
      ? await fetcher.post(url.href, { appliedFacets: {}, limit: size, offset, searchText: '' })
      : await fetcher.get(url.href)
  if (answer.status === 200) return answer
  throw new DomainError('unavailable', `The feed answered ${answer.status}`, {
    remedy: answer.status < 500 ? 'Correct its address.' : 'It is tried again at the next pull.',
  })
}
