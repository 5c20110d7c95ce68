import { beforeEach, describe, expect, test } from 'vitest'
import { generate } from '#domain/demo/generate.ts'
import { importCandidates } from '#functions/capabilities/candidates/import-candidates.ts'
import { patchCandidate } from '#functions/capabilities/candidates/patch-candidate.ts'
import { readRecords } from '#functions/lib/read-records.ts'
import { CAUSE } from '#tests/support/world.ts'
import { type CandidateWorld, candidateWorld, ORG } from './world.ts'

let world: CandidateWorld
beforeEach(async () => {
  world = await candidateWorld()
})

type Options = Parameters<typeof importCandidates>[4]
const bring = (text: string, options: Options = {}) =>
  importCandidates(world, ORG, CAUSE, readRecords(Buffer.from(text)), options)
const all = async () => (await world.store.list(ORG, 'candidates', { limit: 500 })).items
const sums = ({ received, created, updated, unchanged, rejected }: Awaited<ReturnType<typeof bring>>) => [
  received,
  created,
  updated,
  unchanged,
  rejected,
]
const changed = () => world.published.filter(({ type }) => type === 'candidates.changed')

const PEOPLE = `id,city,experience,skills,email
1,Cali,>20,Java;SQL,ana@example.com
2,Lima,much,SQL,
3,,<1,,luz@example.com
`

describe('an import', () => {
  test('takes what is understood, rejects the rest with line, column and remedy, and its sums add up', async () => {
    const answer = await bring(PEOPLE)
    expect(sums(answer)).toEqual([3, 2, 0, 0, 1])
    expect(answer.problems).toEqual([
      {
        index: 1,
        at: 'line 3, column experience',
        message: '"much" is no length of time',
        remedy: expect.stringContaining('18 months'),
      },
    ])
    expect(await all()).toHaveLength(2)
  })

  test('done again changes nothing, writes nothing and says nothing', async () => {
    const first = await bring(PEOPLE)
    expect(changed()).toHaveLength(1)
    const again = await bring(PEOPLE)
    expect(sums(again)).toEqual([3, 0, 0, 2, 1])
    expect(again.candidates.map(({ ref }) => ref)).toEqual(first.candidates.map(({ ref }) => ref))
    expect(changed()).toHaveLength(1)
    expect(new Set((await all()).map(({ version }) => version))).toEqual(new Set([1]))
  })

  test('updates the person whose row changed, in the fields that the file has', async () => {
    await bring('id,city,skills\n1,Cali,Java\n2,Lima,SQL\n')
    const answer = await bring('id,skills\n1,Kotlin\n2,SQL\n')
    expect(sums(answer)).toEqual([2, 0, 2, 0, 0])
    expect(await bring('id,skills\n1,Kotlin\n2,SQL\n')).toMatchObject({ unchanged: 2 })
    const ana = (await all()).find(({ externalId }) => externalId === '1')
    expect(ana).toMatchObject({ skills: ['Kotlin'], place: { city: 'Cali' }, version: 2 })
    expect(await world.audit(`candidates/${ana?.id}`)).toEqual(['candidate.imported', 'candidate.imported'])
  })

  test('of the same record does not undo what a person edited since', async () => {
    const [made] = (await bring('id,city,skills,email\n1,Cali,Java,ana@example.com\n')).candidates
    await patchCandidate(world, ORG, CAUSE, made?.ref ?? '', {
      skills: ['Java', 'Go'],
      contact: { phone: '+573001234567' },
    })
    expect(await bring('id,city,skills,email\n1,Cali,Java,ana@example.com\n')).toMatchObject({ unchanged: 1 })
    expect((await all())[0]?.skills).toEqual(['Java', 'Go'])
    expect(await bring('id,city,skills,email\n1,Cali,Rust,ana@example.com\n')).toMatchObject({ updated: 1 })
    expect((await all())[0]?.skills).toEqual(['Rust'])
    expect(await world.store.get(ORG, 'contacts', made?.id ?? '')).toMatchObject({
      email: 'ana@example.com',
      phone: '+573001234567',
    })
  })

  test('without ids knows a row by its whole content, of columns that are not taken as well', async () => {
    const rows = 'row,city,experience\n1,Cali,5\n2,Cali,5\n'
    expect(await bring(rows)).toMatchObject({ created: 2, columns: { ignored: ['row'] } })
    expect(await bring(rows)).toMatchObject({ unchanged: 2 })
    expect(await bring('city,experience\nCali,5\nCali,5\n')).toMatchObject({ created: 1, unchanged: 1 })
  })

  test('of one person twice in a file takes the rows in their order', async () => {
    const answer = await bring('id,skills\n1,Java\n2,SQL\n1,Kotlin\n1,Kotlin\n')
    expect(sums(answer)).toEqual([4, 2, 1, 1, 0])
    expect((await all()).find(({ externalId }) => externalId === '1')).toMatchObject({ skills: ['Kotlin'], version: 2 })
  })

  test('keeps the ids of two sources apart', async () => {
    await bring('id,skills\n1,Java\n')
    expect(await bring('id,skills\n1,SQL\n', { source: 'other' })).toMatchObject({ created: 1 })
    expect(await all()).toHaveLength(2)
  })

  test('takes bare wages in the organisation’s currency, and others as the mapping says', async () => {
    await bring('id,salario\n1,2500000\n')
    await bring('id,Pay\n2,45000\n', { mapping: { Pay: 'desiredSalary:USD:YEAR' } })
    expect((await all()).map(({ desiredSalary }) => desiredSalary)).toEqual(
      expect.arrayContaining([
        { minor: 250_000_000, currency: 'COP', period: 'MONTH' },
        { minor: 4_500_000, currency: 'USD', period: 'YEAR' },
      ]),
    )
  })

  test('of 450 people makes one event a batch that lists them, and refs without a gap', async () => {
    const { candidates } = generate({ jobs: 0, candidates: 450, seed: 1 })
    expect(await bring(JSON.stringify(candidates))).toMatchObject({ received: 450, created: 450 })
    expect(changed().map(({ subjects }) => subjects.length)).toEqual([200, 200, 50])
    const refs = (await all()).map(({ ref }) => ref).sort()
    expect(refs[0]).toBe('CAND-0001')
    expect(refs.at(-1)).toBe('CAND-0450')
    expect(new Set(refs).size).toBe(450)
  })

  test('refused for its mapping takes nothing', async () => {
    await expect(bring(PEOPLE, { mapping: { nope: 'skills' } })).rejects.toMatchObject({ code: 'invalid' })
    expect(await all()).toEqual([])
  })
})

describe('identity', () => {
  test('stands in contacts alone: neither the profile nor its audit nor an event names anybody', async () => {
    await bring('id,name,email,phone,city\n1,Zulema Quiroz,zulema@example.com,+573009998877,Cali\n')
    const everything = `${await world.dump('candidates')}${JSON.stringify(world.published)}`
    for (const secret of ['Zulema', 'Quiroz', 'zulema@example.com', '573009998877'])
      expect(everything).not.toContain(secret)
    expect(await world.dump('contacts')).toContain('zulema@example.com')
  })

  test('consents are proofs of their own, and the candidate tells what is agreed to', async () => {
    const consent = (granted: boolean, at: string) =>
      JSON.stringify([{ id: 1, city: 'Cali', consents: [{ purpose: 'audience_ads', granted, textVersion: 'v2', at }] }])
    await bring(consent(true, '2026-03-01T10:00:00Z'))
    expect((await all())[0]?.consents).toEqual(['audience_ads'])
    await bring(consent(false, '2026-05-01T10:00:00Z'))
    expect((await all())[0]?.consents).toEqual([])
    const proofs = (await world.store.list(ORG, 'consents', { limit: 10 })).items
    expect(proofs.map(({ granted, at, textVersion }) => [granted, at, textVersion]).sort()).toEqual([
      [false, '2026-05-01T10:00:00.000Z', 'v2'],
      [true, '2026-03-01T10:00:00.000Z', 'v2'],
    ])
  })
})
