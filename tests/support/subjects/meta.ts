import { z } from 'zod'
import type { SandboxWorld } from '#tests/support/sandbox-world.ts'
import { connectionTo, type Subject } from './subject.ts'

const Made = z.object({ id: z.string(), name: z.string(), token: z.string(), pageId: z.string(), pixelId: z.string() })

export async function metaSubject(world: SandboxWorld): Promise<Subject> {
  const { metaPlatform } = await import('#functions/adapters/meta/platform.ts')
  const account = Made.parse(
    await world.post('accounts', { name: 'Contract', currency: 'USD', timezone: 'America/Bogota' }),
  )
  const { pageId, pixelId } = account
  const connection = connectionTo({
    platform: 'meta',
    accountId: account.id.replace('act_', ''),
    accountName: account.name,
    currency: 'USD',
    timeZone: 'America/Bogota',
    settings: { pageId, pixelId, beneficiary: 'Andes', payor: 'Andes' },
  })
  const sources = { image: async () => new Uint8Array(), audience: async () => [] }
  return { key: 'meta', connection, token: account.token, open: () => metaPlatform(connection, account.token, sources) }
}
