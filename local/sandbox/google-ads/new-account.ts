import { z } from 'zod'
import { ControlProblem, readInput } from '../control/problem.ts'
import { currencyFacts } from '../data/currencies.ts'
import { hashText } from '../random.ts'
import type { World } from '../world.ts'
import { isZone } from '../zone.ts'
import { addGoogleAccount, DEVELOPER_TOKEN, type GoogleAccount } from './accounts.ts'

const NewAccount = z.strictObject({
  platform: z.literal('google-ads'),
  id: z
    .string()
    .regex(/^\d{10}$/, 'must be ten digits')
    .optional(),
  name: z.string().min(1).max(200).default('Sandbox account'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
    .default('USD'),
  timezone: z.string().default('America/Bogota'),
  /** 1 enabled, anything else not. */
  status: z.int().default(1),
})

/** A new Google Ads account with credentials of its own. */
export function createGoogleAccount(world: World, body: Buffer): GoogleAccount {
  const { id: given, status, name, currency, timezone } = readInput(NewAccount, body)
  if (!currencyFacts(currency)) throw new ControlProblem(400, `currency: the platform has no accounts in ${currency}`)
  if (!isZone(timezone))
    throw new ControlProblem(400, `timezone: there is no zone ${timezone}`, 'Use an IANA name such as America/Bogota.')
  const id = given ?? String(5_560_000_000 + world.accounts.size)
  if (world.accounts.has(id)) throw new ControlProblem(409, `id: ${id} exists already`)
  const mark = hashText(`${world.seed}/google/${id}`).toString(36)
  const known: GoogleAccount = {
    ...{ id, name, currency, timezone, developerToken: DEVELOPER_TOKEN },
    clientId: `${id}-${mark}.apps.googleusercontent.com`,
    clientSecret: `GOCSPX-sandbox-${mark}`,
    refreshToken: `1//sandbox-${id}-${mark}`,
  }
  addGoogleAccount(world, known, status)
  return known
}
