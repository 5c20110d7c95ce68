import { describe, expect, test } from 'vitest'
import { type Decision, decide, type Statement } from '#domain/ingest/decide.ts'
import type { Entry } from '#domain/ingest/manifest.ts'

const NOW = 1_000_000
const said = (more: Partial<Statement>): Statement => ({
  hash: 'h1',
  words: 'full',
  status: 'open',
  closes: 'source',
  stamp: null,
  lapsed: false,
  ...more,
})
const close = (stamp: number | null): Statement => said({ hash: 'close', words: 'none', status: 'closed', stamp })

/** Delivers statements one after the other; `now` grows, so that each is received later than the one before. */
function told(...statements: Statement[]): { entry: Entry; outcomes: string[] } {
  let entry: Entry | undefined
  const outcomes = statements.map((statement, i) => {
    const decision: Decision = decide(entry, statement, NOW + i)
    entry = { ...decision.entry, ref: 'JOB-0001' }
    return decision.outcome
  })
  if (!entry) throw new Error('nothing was said')
  return { entry, outcomes }
}

describe('what a source says of one opening', () => {
  test.each([
    ['opened', [said({})], ['created'], 'open'],
    ['the same again', [said({}), said({})], ['created', 'unchanged'], 'open'],
    ['other words', [said({}), said({ hash: 'h2' })], ['created', 'updated'], 'open'],
    ['closed', [said({}), close(null)], ['created', 'closed'], 'source'],
    ['closed twice', [said({}), close(null), close(null)], ['created', 'closed', 'unchanged'], 'source'],
    ['closed before it was known', [close(5), said({ stamp: 4 })], ['closed', 'stale'], 'source'],
    ['closed before it was known, no stamps', [close(null), said({})], ['closed', 'updated'], 'source'],
    [
      'an old record after a newer one',
      [said({ stamp: 9 }), said({ hash: 'h2', stamp: 8 })],
      ['created', 'stale'],
      'open',
    ],
    [
      'reopened by a newer stamp',
      [said({ stamp: 1 }), close(5), said({ hash: 'h2', stamp: 6 })],
      ['created', 'closed', 'updated'],
      'open',
    ],
    [
      'not reopened by the stamp of the close',
      [said({ stamp: 1 }), close(5), said({ hash: 'h2', stamp: 5 })],
      ['created', 'closed', 'updated'],
      'source',
    ],
    [
      'not reopened without a stamp',
      [said({}), close(null), said({ hash: 'h2' })],
      ['created', 'closed', 'updated'],
      'source',
    ],
    ['a summary after the whole', [said({}), said({ hash: 'p', words: 'partial' })], ['created', 'unchanged'], 'open'],
    [
      'the whole after a summary, whatever its stamp',
      [said({ hash: 'p', words: 'partial', stamp: 9 }), said({ stamp: 3 })],
      ['created', 'updated'],
      'open',
    ],
    ['its last day is over', [said({ lapsed: true })], ['created'], 'expired'],
    ['prolonged after its last day', [said({ lapsed: true }), said({ hash: 'h2' })], ['created', 'updated'], 'open'],
  ] as [string, Statement[], string[], string][])('%s', (_, statements, outcomes, state) => {
    const result = told(...statements)
    expect(result.outcomes).toEqual(outcomes)
    expect(result.entry.state).toBe(state)
  })

  test('a stamp far in the future counts as the time of receipt: the next change is not locked out', () => {
    const wrong = told(said({ stamp: NOW + 3_600_000_000 }))
    expect(wrong.entry.stamp).toBe(NOW)
    expect(told(said({ stamp: NOW + 3_600_000_000 }), said({ hash: 'h2' })).outcomes).toEqual(['created', 'updated'])
    expect(told(said({ stamp: NOW + 60_000 })).entry.stamp).toBe(NOW + 60_000)
  })

  test('of two records with one stamp the same wins, whichever comes first', () => {
    const [a, b] = [said({ hash: 'aa', stamp: 7 }), said({ hash: 'bb', stamp: 7 })]
    expect(told(a, b)).toMatchObject({ entry: { hash: 'bb' }, outcomes: ['created', 'updated'] })
    expect(told(b, a)).toMatchObject({ entry: { hash: 'bb' }, outcomes: ['created', 'stale'] })
  })

  test('what a person closed stays closed for the unchanged record, takes changed words, and opens for a newer stamp', () => {
    const { entry } = told(said({ stamp: 1 }))
    const closed: Entry = { ...entry, state: 'user', since: 100 }
    expect(decide(closed, said({ stamp: 1 }), NOW)).toMatchObject({ outcome: 'unchanged', entry: { state: 'user' } })
    expect(decide(closed, said({ hash: 'h2', stamp: 50 }), NOW)).toMatchObject({
      takesWords: true,
      entry: { state: 'user' },
    })
    expect(decide(closed, said({ hash: 'h2' }), NOW)).toMatchObject({ outcome: 'updated', entry: { state: 'user' } })
    expect(decide(closed, said({ hash: 'h2', stamp: 101 }), NOW)).toMatchObject({
      outcome: 'updated',
      entry: { state: 'open' },
    })
  })

  test('what was closed for being absent opens when it is listed again, even unchanged', () => {
    const { entry } = told(said({}))
    expect(decide({ ...entry, state: 'absent' }, said({}), NOW)).toMatchObject({
      outcome: 'updated',
      entry: { state: 'open' },
    })
  })

  test('the close of a whole requisition holds for an opening that comes later and is older', () => {
    expect(decide(undefined, said({ stamp: 5 }), NOW, 6)).toMatchObject({
      outcome: 'closed',
      entry: { state: 'source' },
    })
    expect(decide(undefined, said({ stamp: 7 }), NOW, 6)).toMatchObject({
      outcome: 'created',
      entry: { state: 'open' },
    })
    expect(decide(undefined, said({}), NOW, 6)).toMatchObject({ outcome: 'closed' })
  })
})

const permutations = <T>(items: T[]): T[][] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, i) =>
        permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
      )

/** A small generator of its own, so that a failing history is the same every time. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

describe('stamped histories end the same in whatever order they arrive (RELIABILITY.md 2.6)', () => {
  const HISTORY = [
    said({ hash: 'create', stamp: 10 }),
    said({ hash: 'update', stamp: 20 }),
    close(30),
    said({ hash: 'reopen', stamp: 40 }),
    said({ hash: 'late', stamp: 35 }),
    close(38),
  ]
  const finalOf = (statements: Statement[]) => {
    const { hash, stamp, state, since } = told(...statements).entry
    return { hash, stamp, open: state === 'open', since }
  }

  test('all 720 orders of six', () => {
    const results = new Set(permutations(HISTORY).map((order) => JSON.stringify(finalOf(order))))
    expect([...results]).toEqual([JSON.stringify({ hash: 'reopen', stamp: 40, open: true, since: 40 })])
  })

  test('a thousand shuffles of thirty, with every one of them delivered twice', () => {
    const next = random(7)
    const history = Array.from({ length: 30 }, (_, i) => {
      const stamp = Math.floor(next() * 20) + 1
      return next() < 0.3 ? close(stamp) : said({ hash: `h${i}`, stamp, status: next() < 0.2 ? 'closed' : 'open' })
    })
    const expected = finalOf(history)
    for (let round = 0; round < 1000; round++) {
      const shuffled = [...history, ...history]
        .map((statement) => ({ statement, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ statement }) => statement)
      expect(finalOf(shuffled)).toEqual(expected)
    }
  })
})
