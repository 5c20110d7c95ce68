import { z } from 'zod'
import type { AdsApi } from './ads-api.ts'
import { unreadable } from './failure.ts'

const PAGE = 100
/** A list that does not end is a fault to see. */
const MOST_PAGES = 1000

const Objects = z.array(z.record(z.string(), z.unknown()))

/** All pages of a list. */
export async function everything(
  api: AdsApi,
  path: string,
  filters: Record<string, string>,
): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = []
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { ...filters, startIndex: String(page * PAGE), count: String(PAGE) }
    const { body } = await api.call({ method: 'GET', path, query })
    const objects = Objects.safeParse(body)
    if (!objects.success) throw unreadable(true, `GET ${path}`)
    found.push(...objects.data)
    if (objects.data.length < PAGE) return found
  }
  throw unreadable(true, `GET ${path}`)
}
