import { z } from 'zod'
import { assertWithin, LEDGER_ID, reservedTotals } from '#domain/ledger.ts'
import { Currency, Money, parseMoney } from '#domain/money.ts'
import { Org } from '#domain/org.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Store } from '#functions/ports/store.ts'

export const OrganisationInput = z
  .object({
    /** Major units; null takes the cap away. */
    dailyCap: z
      .object({ amount: z.string().max(20), currency: Currency })
      .strict()
      .nullable(),
  })
  .strict()
  .meta({ id: 'OrganisationInput' })
export type OrganisationInput = z.input<typeof OrganisationInput>

/** The organisation with what its campaigns may cost on one day at most, one amount per currency. */
export const OrganisationView = Org.extend({ reservedADay: z.array(Money) }).meta({ id: 'Organisation' })
export type OrganisationView = z.infer<typeof OrganisationView>

export async function viewOrganisation({ store }: { store: Store }, org: string): Promise<OrganisationView> {
  const [organisation, ledger] = await Promise.all([store.organisation(org), store.get(org, 'ledger', LEDGER_ID)])
  return { ...organisation, reservedADay: reservedTotals(ledger?.reserved ?? {}) }
}

/** Throws `unprocessable` for a cap below what is reserved already: a cap is never broken, not even by setting it. */
export async function changeOrganisation(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  raw: OrganisationInput,
): Promise<OrganisationView> {
  const { dailyCap } = OrganisationInput.parse(raw)
  const cap = dailyCap && parseMoney(dailyCap.amount, dailyCap.currency)
  return store.transact(org, cause, async (tx) => {
    const [before, ledger] = await Promise.all([tx.organisation(), tx.get('ledger', LEDGER_ID)])
    const reserved = ledger?.reserved ?? {}
    assertWithin(cap, reserved, null, before.name)
    const next = tx.recordOrganisation({ ...before, dailyCap: cap }, before, { action: 'organisation.changed' })
    return { ...next, reservedADay: reservedTotals(reserved) }
  })
}
