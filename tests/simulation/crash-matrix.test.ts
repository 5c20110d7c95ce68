import { expect, test } from 'vitest'
import { crashMatrix } from './crash-matrix.ts'
import { PLATFORMS_SIMULATED } from './script.ts'

for (const platform of PLATFORMS_SIMULATED)
  test(`one fault of every kind at every call of a publish on ${platform}: it still ends as it should`, async () => {
    const { runs, calls, broken } = await crashMatrix(platform)
    console.log(`${platform}: ${calls} calls, ${runs} lives with one fault each, ${broken.length} broken`)
    expect(broken).toEqual([])
    expect(calls).toBeGreaterThan(20)
  }, 300_000)
