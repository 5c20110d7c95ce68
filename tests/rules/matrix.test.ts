import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CELLS, outcomes, world } from './matrix.ts'

const rules = readFileSync(new URL('../../firestore.rules', import.meta.url), 'utf8')

test('role x path x operation: a member reads what the console shows, nobody else reads, nobody writes', async () => {
  const env = await world(rules)
  const wrong: string[] = []
  let tried = 0
  for await (const { actor, operation, path, allowed, happened } of outcomes(env, CELLS)) {
    tried++
    if (happened !== allowed)
      wrong.push(`${actor.name}: ${operation.name} ${path} was ${happened ? 'allowed' : 'refused'}`)
  }
  await env.cleanup()
  expect(wrong).toEqual([])
  expect(tried).toBe(CELLS.length)
  console.log(`${tried} cells, ${CELLS.filter((cell) => cell.allowed).length} of them allowed`)
}, 600_000)
