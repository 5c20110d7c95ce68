import type { ListQuery } from '../../backend.ts'
import { GROUPS } from '../campaigns/status.ts'

const UNDER_WAY = [...GROUPS.running, ...GROUPS.waiting]

/** Every list that the dashboard follows: each bounded, so that it costs the same with 10 campaigns as with 10,000. */
export const DASHBOARD_LISTS = {
  /** Three months hold the 28 days and the 28 before them. */
  months: { path: 'rollups', order: ['id', 'desc'], limit: 3 },
  accounts: { path: 'connections', order: ['id', 'asc'], limit: 10 },
  attention: {
    path: 'campaigns',
    where: [['status', 'in', GROUPS.attention]],
    order: ['createdAt', 'desc'],
    limit: 10,
  },
  incidents: { path: 'incidents', where: [['closedAt', '==', null]], order: ['openedAt', 'desc'], limit: 10 },
  /** Administrators' alone: the rules refuse everybody else. */
  notices: { path: 'notices', where: [['readAt', '==', null]], order: ['at', 'desc'], limit: 5 },
  running: {
    path: 'campaigns',
    where: [['status', 'in', UNDER_WAY]],
    order: ['createdAt', 'desc'],
    limit: 5,
  },
  newest: { path: 'jobs', order: ['createdAt', 'desc'], limit: 5 },
} as const satisfies Record<string, ListQuery>

/** What is counted, up to COUNT_LIMIT: one read each. */
export const DASHBOARD_COUNTS = {
  running: { path: 'campaigns', where: [['status', 'in', UNDER_WAY]], order: ['createdAt', 'desc'] },
  open: { path: 'jobs', where: [['status', '==', 'open']], order: ['createdAt', 'desc'] },
} as const satisfies Record<string, Omit<ListQuery, 'limit'>>
