import { beforeEach, describe, expect, test } from 'vitest'
import { CandidateInput } from '#domain/import/candidate-input.ts'
import { createCandidate } from '#functions/capabilities/candidates/create-candidate.ts'
import { patchCandidate } from '#functions/capabilities/candidates/patch-candidate.ts'
import { viewContact } from '#functions/capabilities/candidates/view-contact.ts'
import { audienceHashes } from '#functions/capabilities/segmentation/audience-hashes.ts'
import { sha256 } from '#functions/lib/hash.ts'
import { CAUSE } from '#tests/support/world.ts'
import { type CandidateWorld, candidateWorld, ORG } from './world.ts'

let world: CandidateWorld
beforeEach(async () => {
  world = await candidateWorld()
})

const create = (input: unknown) => createCandidate(world, ORG, CAUSE, CandidateInput.parse(input))

describe('one candidate', () => {
  test('is created with a ref, an audit entry and an event', async () => {
    const made = await create({
      place: 'Medellín, Colombia',
      skills: ['SQL'],
      desiredSalary: { amount: '3000000', currency: 'COP' },
    })
    expect(made).toMatchObject({
      ref: 'CAND-0001',
      source: 'manual',
      place: { text: 'Medellín, Colombia', city: 'Medellín', country: 'CO' },
      desiredSalary: { minor: 300_000_000, currency: 'COP', period: 'MONTH' },
      segment: null,
      consents: [],
    })
    expect(await world.audit(`candidates/${made.id}`)).toEqual(['candidate.created'])
    expect(world.published).toMatchObject([{ type: 'candidates.changed', subjects: [made.id] }])
  })

  test('of an external id that is taken is a conflict that names the other', async () => {
    await create({ externalId: 'x', skills: [] })
    await expect(create({ externalId: 'x', skills: [] })).rejects.toMatchObject({
      code: 'conflict',
      message: 'There is a candidate with the externalId x: CAND-0001',
    })
  })

  test('is changed field by field; null clears one', async () => {
    const made = await create({ place: 'Cali', yearsExperience: 3, skills: ['SQL'] })
    const changed = await patchCandidate(world, ORG, CAUSE, made.ref, { yearsExperience: 4, place: null })
    expect(changed).toMatchObject({ yearsExperience: 4, place: null, skills: ['SQL'], version: 2 })
    await expect(patchCandidate(world, ORG, CAUSE, made.id, { skills: [] }, 1)).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(patchCandidate(world, ORG, CAUSE, 'CAND-0099', { skills: [] })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('shows its contact to who asks, and every look is in its audit', async () => {
    const made = await create({ contact: { name: 'Ana Ruiz', email: 'ana@example.com' } })
    expect(await viewContact(world, ORG, CAUSE, made.ref)).toEqual({
      candidate: made.id,
      name: 'Ana Ruiz',
      email: 'ana@example.com',
      phone: null,
    })
    await viewContact(world, ORG, CAUSE, made.id)
    expect(await world.audit(`candidates/${made.id}`)).toEqual([
      'candidate.created',
      'contact.viewed',
      'contact.viewed',
    ])
    const looks = await world.db.collection(`orgs/${ORG}/candidates/${made.id}/audit`).get()
    expect(looks.docs.at(-1)?.data()).toMatchObject({ actor: 'user:ana', before: {}, after: {} })
  })

  test('refuses what is no candidate, with the place', () => {
    const wrong = CandidateInput.safeParse({
      yearsExperience: -1,
      age: 30,
      desiredSalary: { amount: '12,5', currency: 'XXY' },
      contact: { phone: '300' },
    })
    expect(wrong.error?.issues.map(({ path, code }) => [path.join('/'), code])).toEqual(
      expect.arrayContaining([
        ['yearsExperience', 'too_small'],
        ['', 'unrecognized_keys'],
        ['contact/phone', 'invalid_format'],
      ]),
    )
  })
})

describe('the audience of a segment', () => {
  test('is the hashed addresses of members who agreed to ads, and of nobody else', async () => {
    const agreed = { purpose: 'audience_ads', textVersion: 'v1' }
    const people = [
      { contact: { email: 'ana@example.com' }, consents: [agreed] },
      { contact: { email: 'Luz@Example.com' }, consents: [agreed] },
      { contact: { email: 'no-consent@example.com' } },
      { contact: { email: 'recruiting@example.com' }, consents: [{ ...agreed, purpose: 'recruiting' }] },
      { contact: { email: 'withdrawn@example.com' }, consents: [agreed, { ...agreed, granted: false }] },
      { contact: { phone: '+573001234567' }, consents: [agreed] },
      { contact: { email: 'elsewhere@example.com' }, consents: [agreed] },
    ]
    for (const [i, person] of people.entries()) {
      const { id } = await create(person)
      const segment = i === people.length - 1 ? 'seg_b' : 'seg_a'
      await world.store.transact(ORG, CAUSE, async (tx) => tx.measure('candidates', id, { segment }))
    }
    // sha256 of "ana@example.com" and of "luz@example.com"
    const hashes = await audienceHashes(world, ORG, 'seg_a')
    expect(hashes).toEqual(['ana@example.com', 'luz@example.com'].map(sha256).sort())
    expect(await audienceHashes(world, ORG, 'seg_absent')).toEqual([])
  })
})
