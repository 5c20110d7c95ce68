import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { mintKey } from '#functions/lib/api-key.ts'
import { writePrivate } from './state.ts'

const LocalUser = z.object({
  uid: z.string(),
  email: z.string(),
  password: z.string(),
  role: z.enum(['viewer', 'recruiter', 'admin']),
  org: z.string(),
})
export type LocalUser = z.infer<typeof LocalUser>

/** Who may sign in to this stack, and the API key of each organisation. */
const LocalAccess = z.object({ users: z.array(LocalUser), apiKeys: z.record(z.string(), z.string()) })
export type LocalAccess = z.infer<typeof LocalAccess>

export const ORGS = ['demo', 'acme'] as const
const ROLES = ['admin', 'recruiter', 'viewer'] as const

/** The users and keys of this state folder: made at random at the first start, the same from then on. */
export function localAccess(state: string): LocalAccess {
  const file = join(state, 'access.json')
  if (existsSync(file)) return LocalAccess.parse(JSON.parse(readFileSync(file, 'utf8')))
  const access: LocalAccess = {
    users: ORGS.flatMap((org) =>
      ROLES.map((role) => ({
        uid: `${org}-${role}`,
        email: `${role}@${org}.adflux.test`,
        password: randomBytes(18).toString('base64url'),
        role,
        org,
      })),
    ),
    apiKeys: Object.fromEntries(ORGS.map((org) => [org, mintKey('test')])),
  }
  writePrivate(file, access)
  return access
}
