import { expect, test } from 'vitest'
import { continuedSegments } from '#domain/segmentation/identity.ts'

test('a segment keeps its identity although the clusters come in another order', () => {
  const earlier = ['a', 'a', 'a', 'b', 'b', 'c', 'c', 'c', 'c']
  const labels = [2, 2, 2, 0, 0, 1, 1, 1, 0]
  expect(continuedSegments(labels, 3, earlier)).toEqual(['b', 'c', 'a'])
})

test('with fewer clusters one segment ends, with more a new one begins', () => {
  const earlier = ['a', 'a', 'a', 'b', 'b', 'c']
  expect(continuedSegments([0, 0, 0, 1, 1, 1], 2, earlier)).toEqual(['a', 'b'])
  expect(continuedSegments([0, 0, 1, 2, 2, 3], 4, earlier)).toEqual(['a', null, 'b', 'c'])
})

test('a cluster that shares next to nobody with any earlier segment is new', () => {
  const earlier = Array.from({ length: 20 }, () => 'a')
  const labels = earlier.map((_, i) => (i < 2 ? 0 : 1))
  expect(continuedSegments(labels, 2, earlier)).toEqual([null, 'a'])
})
