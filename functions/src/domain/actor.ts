import { z } from 'zod'
import { Id } from './ids.ts'

export const ROLES = ['viewer', 'recruiter', 'approver', 'admin'] as const
export const Role = z.enum(ROLES).meta({ id: 'Role' })
export type Role = z.infer<typeof Role>

/** Who did something: a person, a machine with a key, a vendor's webhook, or a rule of ours. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), id: z.string(), role: Role }),
  z.object({ kind: z.literal('api-key'), id: Id }),
  z.object({ kind: z.literal('feed'), id: Id }),
  z.object({ kind: z.literal('system'), id: z.string() }),
])
export type Actor = z.infer<typeof Actor>

export const system = (id: string): Actor => ({ kind: 'system', id })

/** What a caller may do; the one table behind API checks and the console's menus. */
export const ACTIONS = [
  'read',
  'contacts:read',
  'jobs:write',
  'candidates:write',
  'campaigns:write',
  'campaigns:publish',
  'campaigns:pause',
  'models:train',
  'feeds:write',
  'connections:write',
  'schedules:write',
  'tasks:redrive',
  'organisation:write',
  'kill-switch:release',
  'notices:read',
] as const
export const Action = z.enum(ACTIONS)
export type Action = z.infer<typeof Action>

const RECRUITER: readonly Action[] = [
  'read',
  'contacts:read',
  'jobs:write',
  'candidates:write',
  'campaigns:write',
  'campaigns:publish',
  'campaigns:pause',
  'models:train',
]

export const GRANTS: Record<Role, readonly Action[]> = {
  viewer: ['read'],
  recruiter: RECRUITER,
  approver: ['read'],
  admin: ACTIONS,
}

export const may = (role: Role, action: Action): boolean => GRANTS[role].includes(action)
