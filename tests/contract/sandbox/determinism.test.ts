import { expect, test } from 'vitest'
import { searchInterests } from '#local/sandbox/data/interests.ts'
import { campaignBody, create, targeting } from './ads.ts'
import { applications, rows, running, sum } from './rows.ts'
import { DAY, handClock, type TestSandbox, testSandbox } from './world.ts'

test('two targetings, two budgets and two creatives deliver measurably differently, all else being equal', async () => {
  const caring = (interest: string) => ({
    adset: { targeting: targeting({ flexible_spec: [{ interests: [{ id: searchInterests(interest)[0]?.id }] }] }) },
  })
  const story = async (changes: Parameters<typeof running>[2]) => {
    const box = await testSandbox({ hand: handClock() })
    const tree = await running(box, 'Compared', changes)
    box.clock.advance(14 * DAY)
    const found = await rows(box, tree.campaign)
    await box.remove()
    const impressions = sum(found, 'impressions')
    return { impressions, ctr: sum(found, 'inline_link_clicks') / impressions, applications: applications(found) }
  }
  const plain = await story({})
  const nurses = await story(caring('Nursing'))
  const miners = await story(caring('Mining'))
  const rich = await story({ adset: { daily_budget: '8000' } })
  const dull = await story({ link: { message: 'Job', name: 'Job', description: undefined } })
  expect(nurses.ctr).toBeGreaterThan(miners.ctr * 1.3)
  expect(nurses.applications).toBeGreaterThan(miners.applications)
  expect(plain.ctr).toBeGreaterThan(dull.ctr * 1.1)
  expect(rich.impressions).toBeGreaterThan(plain.impressions * 3)
})

test('the same seed and names deliver the same whatever was created before; another seed does not', async () => {
  const story = async (box: TestSandbox, noise: number) => {
    for (let i = 0; i < noise; i++) await create(box, 'campaigns', campaignBody({ name: `Noise ${i}` }))
    const tree = await running(box, 'Same story')
    box.clock.advance(5 * DAY)
    const found = await rows(box, tree.campaign)
    await box.remove()
    return found
  }
  const first = await story(await testSandbox({ hand: handClock() }), 0)
  expect(await story(await testSandbox({ hand: handClock() }), 5)).toEqual(first)
  expect(await story(await testSandbox({ hand: handClock(), seed: 8 }), 0)).not.toEqual(first)
})

test('the figures do not depend on when or how often they were read', async () => {
  const story = async (steps: number) => {
    const box = await testSandbox({ hand: handClock() })
    const tree = await running(box, 'Read at will')
    for (let i = 0; i < steps; i++) {
      box.clock.advance((21 * DAY) / steps)
      await rows(box, tree.campaign)
    }
    const found = await rows(box, tree.campaign)
    await box.remove()
    return found
  }
  expect(await story(63)).toEqual(await story(1))
})
