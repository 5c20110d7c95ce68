import type { ListQuery } from '../../backend.ts'

/** Every ad account that the organisation has connected: one per platform. */
export const CONNECTIONS = { path: 'connections', order: ['id', 'asc'], limit: 10 } as const satisfies ListQuery
