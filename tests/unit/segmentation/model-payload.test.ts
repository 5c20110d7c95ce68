import { expect, test } from 'vitest'
import { columns, encode, fitEncoder } from '#domain/segmentation/encoder.ts'
import { labeller, readPayload, storedCentroids, writePayload } from '#domain/segmentation/model-payload.ts'
import { city, profile } from './profiles.ts'

const wide = Array.from({ length: 2000 }, (_, i) =>
  profile({
    place: { ...city(`${'Long city name '.repeat(7)}${i % 250}`), country: 'CO' },
    primarySkill: `${'primary '.repeat(11)}${i % 250}`,
    skills: [`${'skill words '.repeat(7)}${i % 130}`],
    yearsExperience: i % 40,
  }),
)

test('the widest model of the most clusters fits one document', () => {
  const encoder = fitEncoder(wide)
  const width = columns(encoder).length
  expect(width).toBe(2 + 200 + 1 + 200 + 100)
  const centroids = storedCentroids(
    Array.from({ length: 50 }, (_, c) => Array.from({ length: width }, (_, d) => -Math.PI / (c * width + d + 1) / 1e5)),
  )
  expect(writePayload({ encoder, centroids }).length).toBeLessThan(900_000)
})

test('a model that does not fit says so and what to do', () => {
  const encoder = fitEncoder(wide)
  const centroids = Array.from({ length: 120 }, () => Array.from({ length: 600 }, () => Math.PI))
  expect(() => writePayload({ encoder, centroids })).toThrow(/more than the 900000/)
})

test('a model read back labels exactly as before', () => {
  const encoder = fitEncoder(wide)
  const centroids = storedCentroids(wide.slice(0, 7).map(encode(encoder)))
  const before = wide.map(labeller({ encoder, centroids }))
  const after = wide.map(labeller(readPayload(writePayload({ encoder, centroids }))))
  expect(after).toEqual(before)
})
