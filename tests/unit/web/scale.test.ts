import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelled, niceScale } from '../../../web/src/ui/chart/scale.ts'

test.each([
  [0, [0, 1]],
  [3, [0, 1, 2, 3]],
  [47, [0, 20, 40, 60]],
  [160, [0, 100, 200]],
  [1234, [0, 500, 1000, 1500]],
])('draws round lines up to %d', (greatest, lines) => {
  expect(niceScale(greatest).lines).toEqual(lines)
})

test('no bar is ever taller than the chart, and the lines are few', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (greatest) => {
      const { top, lines } = niceScale(greatest)
      return top >= greatest && lines.length >= 2 && lines.length <= 5
    }),
  )
})

test('always names the newest day, and no more days than fit', () => {
  const named = Array.from({ length: 28 }, (_, i) => labelled(28, 6)(i))
  expect(named.at(-1)).toBe(true)
  expect(named.filter(Boolean).length).toBeLessThanOrEqual(6)
})
