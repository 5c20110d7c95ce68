import { expect, test } from 'vitest'
import { turns } from '#functions/adapters/firestore/turns.ts'

/** Work that says when it begins and ends when it is told to. */
function job(said: string[], name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  return {
    work: () => {
      said.push(name)
      return promise
    },
    ends: () => resolve(name),
    breaks: () => reject(new Error(name)),
  }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('work of one key waits for the one before it, even if that broke; work of another key does not wait', async () => {
  const said: string[] = []
  const inTurn = turns()
  const [first, second, other] = ['first', 'second', 'other'].map((name) => job(said, name))
  if (!first || !second || !other) throw new Error('three jobs')
  const broken = inTurn('ledger', first.work)
  const after = inTurn('ledger', second.work)
  const beside = inTurn('limits', other.work)
  await settled()
  expect(said).toEqual(['first', 'other'])

  first.breaks()
  await expect(broken).rejects.toThrow('first')
  await settled()
  expect(said).toEqual(['first', 'other', 'second'])
  second.ends()
  other.ends()
  expect(await Promise.all([after, beside])).toEqual(['second', 'other'])
})
