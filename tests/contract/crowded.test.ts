import { expect, test } from 'vitest'
import { CAUSE, freshWorld } from '#tests/support/world.ts'

const ORG = 'andes'
const WRITERS = 30

test('thirty that let something spend at once take turns on the ledger: nobody works twice, nothing is lost', async () => {
  const { store } = freshWorld()
  let worked = 0
  const reserve = (n: number) =>
    store.transact(
      ORG,
      CAUSE,
      async (tx) => {
        worked++
        const ledger = await tx.get('ledger', 'daily')
        tx.put('ledger', { id: 'daily', reserved: { ...ledger?.reserved, [`c${n}`]: { minor: n, currency: 'USD' } } })
      },
      'ledger/daily',
    )
  await Promise.all(Array.from({ length: WRITERS }, (_, n) => reserve(n)))
  expect(worked).toBe(WRITERS)
  expect(Object.keys((await store.get(ORG, 'ledger', 'daily'))?.reserved ?? {})).toHaveLength(WRITERS)
})
