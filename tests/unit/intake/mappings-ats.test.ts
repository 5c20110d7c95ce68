import { describe, expect, test } from 'vitest'
import { mappingContext } from '#functions/lib/intake/items.ts'
import { readPushed } from '#functions/lib/intake/read.ts'
import { fixture, NOW, read, told } from './mapped.ts'

describe('each vendor’s words become ours, and what has no word of ours is kept', () => {
  test('Greenhouse: content escaped as text, ids beyond 2^53, pay in cents', () => {
    const { format, items } = read('greenhouse-board.json')
    expect(format).toBe('greenhouse')
    expect(told(items[0])).toEqual({
      externalId: '9007199254740993',
      title: 'Data Engineer R&D',
      company: 'Acme',
      department: 'Data',
      description: '<h2>Team</h2><p>Pipelines &amp; models.</p>',
      places: [
        { text: 'Bogotá, Colombia', city: 'Bogotá', country: 'CO' },
        { text: 'Remote, Mexico', country: 'MX' },
      ],
      remote: 'remote',
      employmentType: 'CONTRACTOR',
      salary: { minMinor: 6_000_000, maxMinor: 9_000_000, currency: 'USD', period: 'YEAR' },
      applyUrl: 'https://boards.example/acme/jobs/1',
      language: 'en',
      postedAt: '2026-09-01T15:00:00.000Z',
      closesOn: '2027-01-31',
      group: '501',
      status: 'open',
      stamp: '2026-10-01T15:00:00.000Z',
      extra: expect.objectContaining({ requisition_id: 'R-77', offices: [{ id: 2, name: 'Bogotá HQ' }] }),
    })
    expect(items[1]).toMatchObject({
      at: '/jobs/1',
      mapped: { kind: 'rejected', externalId: '2', problems: [{ at: '/title' }] },
    })
  })

  test('Greenhouse: a requisition that was closed closes whatever was made from it', () => {
    const { items } = read('greenhouse-job-updated.json')
    expect(items[0]?.mapped).toEqual({
      kind: 'close',
      target: { group: '501' },
      closedReason: 'closed_by_source',
      stamp: '2026-11-01T00:00:00.000Z',
    })
  })

  test('Lever: a bare array, words in parts, epoch milliseconds', () => {
    expect(told(read('lever.json').items[0])).toEqual({
      externalId: '0b6e5a50-0000-4000-8000-000000000001',
      title: 'Sales Executive',
      department: 'Sales',
      description: '<p>Sell things.</p><h3>You bring</h3><ul><li>Patience</li></ul><p>We are <em>nice</em>.</p>',
      places: [
        { text: 'Lima', city: 'Lima', country: 'PE' },
        { text: 'Remote - Peru', country: 'PE' },
      ],
      remote: 'onsite',
      employmentType: 'PART_TIME',
      salary: { minMinor: 2000, maxMinor: 2550, currency: 'PEN', period: 'HOUR' },
      applyUrl: 'https://jobs.example/acme/1/apply',
      postedAt: '2026-09-21T14:13:20.000Z',
      status: 'open',
      stamp: null,
      extra: { hostedUrl: 'https://jobs.example/acme/1', country: 'PE' },
    })
  })

  test('Ashby: pay among other components, places with postal addresses, an unlisted posting is closed', () => {
    const { items } = read('ashby.json')
    expect(told(items[0])).toMatchObject({
      title: 'Product Designer',
      department: 'Design',
      places: [
        { text: 'Mexico City', city: 'Mexico City', region: 'CDMX', country: 'MX' },
        { text: 'Remote - Chile', country: 'CL' },
      ],
      remote: 'hybrid',
      employmentType: 'FULL_TIME',
      salary: { minMinor: 4_000_000, maxMinor: 5_500_000, currency: 'MXN', period: 'MONTH' },
      applyUrl: 'https://jobs.example/acme/d1/application',
      status: 'open',
    })
    expect(told(items[1])).toMatchObject({ title: 'Hidden role', status: 'closed' })
  })

  test('SmartRecruiters: labels, sections, the public page made from company and id', () => {
    expect(told(read('smartrecruiters.json').items[0])).toMatchObject({
      externalId: '744000000000001',
      company: 'Acme SA',
      department: 'Operations',
      description: '<h3>Puesto</h3><p>Coordinar.</p>',
      places: [{ text: 'Guadalajara, JAL, mx', city: 'Guadalajara', region: 'JAL', country: 'MX' }],
      remote: 'hybrid',
      employmentType: 'FULL_TIME',
      experienceLevel: 'Mid-Senior Level',
      applyUrl: 'https://jobs.smartrecruiters.com/AcmeSA/744000000000001',
      language: 'es',
      extra: { customField: [{ fieldId: 'f1', valueLabel: 'Norte' }] },
    })
  })

  test('Workable: one opening in two places is one opening, and says that it was two rows', () => {
    const { items } = read('workable.json')
    expect(items.map(({ merged, at }) => [merged, at])).toEqual([
      [1, '/jobs/0'],
      [0, '/jobs/2'],
    ])
    expect(told(items[0])).toMatchObject({
      externalId: 'AB12',
      company: 'Acme',
      places: [
        { text: 'Lima, Peru', city: 'Lima', country: 'PE' },
        { text: 'Santiago, Chile', city: 'Santiago', country: 'CL' },
      ],
      employmentType: 'FULL_TIME',
      postedAt: '2026-10-03T00:00:00.000Z',
    })
    expect(told(items[1])).toMatchObject({ externalId: 'CD34', remote: 'remote' })
  })

  test('Workable: the same rows in another order are the same record', () => {
    const { jobs, ...rest } = JSON.parse(fixture('workable.json').toString())
    const reversed = Buffer.from(JSON.stringify({ ...rest, jobs: jobs.reverse() }))
    const hashes = readPushed(reversed, {}, mappingContext(NOW, 'COP')).items.map(({ rawHash }) => rawHash)
    expect(hashes.sort()).toEqual(
      read('workable.json')
        .items.map(({ rawHash }) => rawHash)
        .sort(),
    )
  })

  test('Recruitee: money as text, its own closing date, what is not published is closed', () => {
    const { items } = read('recruitee.json')
    expect(told(items[0])).toMatchObject({
      externalId: '31',
      description: '<p>Turnos.</p><ul><li>Título</li></ul>',
      places: [{ text: 'Cali', city: 'Cali', region: 'Valle del Cauca', country: 'CO' }],
      remote: 'onsite',
      employmentType: 'PART_TIME',
      salary: { minMinor: 250_000_000, maxMinor: 300_000_000, currency: 'COP', period: 'MONTH' },
      closesOn: '2026-12-24',
      stamp: '2026-10-06T12:00:00.000Z',
      extra: expect.objectContaining({ tags: ['salud'] }),
    })
    expect(told(items[1])).toMatchObject({ status: 'closed' })
  })

  test('Teamtailor: a JSON Feed with schema.org inside', () => {
    expect(told(read('teamtailor.json').items[0])).toMatchObject({
      externalId: 'aa-1',
      company: 'Acme Iberia',
      description: '<p>Cuentas.</p>',
      places: [{ text: 'Madrid, ES', city: 'Madrid', country: 'ES' }],
      remote: 'remote',
      employmentType: 'PART_TIME',
      salary: { minMinor: 3_000_000, maxMinor: 3_600_000, currency: 'EUR', period: 'YEAR' },
      applyUrl: 'https://career.example/jobs/1',
      closesOn: '2026-12-31',
      stamp: '2026-10-02T07:00:00.000Z',
    })
  })

  test('Workday: relative dates against the clock, pages below the site that it was fetched from', () => {
    const { items } = read('workday.json', 'https://acme.wd1.myworkdayjobs.com/wday/cxs/acme/Careers/jobs')
    expect(told(items[0])).toMatchObject({
      externalId: 'JR1',
      places: [{ text: 'Texas - Austin', city: 'Austin', region: 'Texas', country: 'US' }],
      employmentType: 'FULL_TIME',
      postedAt: '2026-11-17T00:00:00.000Z',
      applyUrl: 'https://acme.wd1.myworkdayjobs.com/Careers/job/Texas---Austin/Driver_JR1',
      extra: expect.objectContaining({ locationsText: '2 Locations' }),
    })
    expect(told(items[1])).toMatchObject({
      places: [{ text: 'Lima, Peru', city: 'Lima', country: 'PE' }],
      postedAt: '2026-11-19T00:00:00.000Z',
    })
  })

  test('Workday: the distance of a date grows by itself and is no change', () => {
    const later = fixture('workday.json').toString().replace('3 Days Ago', '4 Days Ago')
    const [today, tomorrow] = [fixture('workday.json'), Buffer.from(later)].map(
      (body) => readPushed(body, {}, mappingContext(NOW, 'COP')).items[0],
    )
    expect(tomorrow?.rawHash).toBe(today?.rawHash)
  })
})
