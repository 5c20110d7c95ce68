import type { Notice } from '#domain/incident.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Page } from '#functions/ports/store.ts'

export interface NoticeQuery {
  limit: number
  cursor?: string | undefined
  unread: boolean
}

/** What the administrators were told, newest first. */
export const listNotices = (
  { store }: Pick<Ports, 'store'>,
  org: string,
  { limit, cursor, unread }: NoticeQuery,
): Promise<Page<Notice>> =>
  store.list(org, 'notices', {
    where: { ...(unread && { readAt: null }) },
    orderBy: ['at', 'desc'],
    limit,
    ...(cursor && { cursor }),
  })
