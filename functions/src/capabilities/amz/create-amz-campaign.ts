import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { AmzCampaign } from '#domain/amz-campaign.ts'
import { DomainError } from '#domain/errors.ts'
import { parseMoney } from '#domain/money.ts'
import { sha256 } from '#functions/lib/hash.ts'
import { log, loggable } from '#functions/lib/log.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { nextLook, wakeAmz } from './wake-amz.ts'

export const AmzCampaignInput = z
  .object({
    name: z.string().trim().min(1).max(100),
    /** A day's, in major units of the profile's currency. */
    budget: z.number().positive().max(10_000_000),
    /** Separated by commas. */
    keywords: z.string().max(1000).default(''),
  })
  .strict()
  .meta({ id: 'AmzCampaignInput' })

/** Takes the campaign down and lets a task bring it to the platform; answers before the platform was asked. */
export async function createAmzCampaign(
  ports: Pick<Ports, 'store' | 'tasks'>,
  org: string,
  cause: Cause,
  raw: z.input<typeof AmzCampaignInput>,
): Promise<AmzCampaign> {
  const { name, budget, keywords } = AmzCampaignInput.parse(raw)
  const connection = await ports.store.get(org, 'connections', 'amazon-ads')
  if (!connection)
    throw new DomainError('unprocessable', 'No ad account of amazon-ads is connected', {
      remedy: 'Connect one in Settings.',
    })
  const daily = parseMoney(String(budget), connection.currency)
  const id = cause.requestKey ? uuidOf(cause.requestKey) : randomUUID()
  const campaign = await ports.store.transact(org, cause, async (tx) => {
    const known = await tx.get('amzCampaigns', id)
    if (known) return known
    const document = {
      ...{ id, name, budget: daily, keywords, status: 'PENDING' as const, reason: null, externalId: null },
      step: {
        ...{
          key: 'campaign',
          level: 'campaign',
          state: 'planned' as const,
          externalId: null,
          applied: null,
          attempts: 0,
        },
        ...{ sentAt: null, doneAt: null },
      },
      ...{ enabledAt: null, epoch: 1, failures: 0, wakeAt: nextLook(tx.now), createdAt: tx.now },
      correlationId: cause.correlationId,
    }
    tx.create('amzCampaigns', document)
    return { ...document, schemaVersion: 1 as const }
  })
  // It is taken: a task that could not be asked for is asked for by the sweep.
  await wakeAmz(ports, org, campaign).catch((error: unknown) => {
    log().warn({ error: loggable(error), campaign: id }, 'no task for an AMZ campaign yet')
  })
  return campaign
}

/** The same for the same request, so that sending it again makes nothing new (RFC 9562 5.8). */
const uuidOf = (requestKey: string): string =>
  sha256(`amz\n${requestKey}`).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
