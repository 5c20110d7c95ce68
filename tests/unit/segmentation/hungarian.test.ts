import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assign } from '#domain/segmentation/hungarian.ts'

const cost = (costs: number[][], partners: number[]): number =>
  partners.reduce((sum, column, row) => sum + (column < 0 ? 0 : (costs[row]?.[column] ?? 0)), 0)

function* permutations(items: number[]): Generator<number[]> {
  if (items.length === 0) yield []
  for (const item of items)
    for (const rest of permutations(items.filter((other) => other !== item))) yield [item, ...rest]
}

test('no assignment is cheaper than the one found, in any table up to 6 by 6', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }).chain((n) =>
        fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: n, maxLength: n }), {
          minLength: n,
          maxLength: n,
        }),
      ),
      (costs) => {
        const found = assign(costs)
        const least = Math.min(...[...permutations(costs.map((_, i) => i))].map((p) => cost(costs, p)))
        expect(new Set(found).size).toBe(costs.length)
        expect(cost(costs, found)).toBe(least)
      },
    ),
  )
})

test('more rows than columns leave a row alone, and the other way round a column', () => {
  expect(assign([[1], [-5], [2]])).toEqual([-1, 0, -1])
  expect(assign([[4, 1, 9]])).toEqual([1])
  expect(assign([])).toEqual([])
})
