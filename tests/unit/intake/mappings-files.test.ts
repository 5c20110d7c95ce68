import { describe, expect, test } from 'vitest'
import { read, told } from './mapped.ts'

describe('each vendor’s words become ours, and what has no word of ours is kept', () => {
  test('Indeed XML: CDATA, HTML entities, a status, a job without title', () => {
    const { format, items } = read('indeed.xml')
    expect(format).toBe('indeed-xml')
    expect(told(items[0])).toEqual({
      externalId: 'A-1',
      title: 'Vendedor & cajero',
      company: 'Tiendas Acme',
      description: '<p>Atender\u00a0clientes.</p>',
      places: [{ text: 'Quito, Pichincha, Ecuador', city: 'Quito', region: 'Pichincha', country: 'EC' }],
      remote: 'hybrid',
      employmentType: 'PART_TIME',
      salary: { minMinor: 50_000, maxMinor: 65_000, currency: 'USD', period: 'MONTH' },
      applyUrl: 'https://jobs.example/a-1?x=1&y=2',
      postedAt: '2026-10-01T00:00:00.000Z',
      closesOn: '2027-02-01',
      status: 'open',
      stamp: null,
      extra: { benefits: { benefit: ['bono', 'almuerzo'] } },
    })
    expect(told(items[1])).toMatchObject({ title: 'Vigilante', status: 'closed' })
    expect(items[2]).toMatchObject({ at: 'line 22', mapped: { kind: 'rejected', externalId: 'A-3' } })
  })

  test('RSS: another prefix for the same namespace, entities twice, the last whole day', () => {
    const { format, items } = read('listing.rss')
    expect(format).toBe('rss')
    expect(told(items[0])).toEqual({
      externalId: '7',
      title: 'Gardener & groundskeeper',
      description: '<p>Green spaces.</p><h3>Qualifications</h3><ul><li>Tools</li></ul>',
      places: [{ text: 'Austin, TX', city: 'Austin', region: 'TX', country: 'US' }],
      salary: { minMinor: 1850, maxMinor: 2100, currency: 'USD', period: 'HOUR' },
      applyUrl: 'https://city.example/jobs/7',
      postedAt: '2026-10-05T10:00:00.000Z',
      closesOn: '2026-12-18',
      status: 'open',
      stamp: null,
      extra: { 'guid@isPermaLink': 'true' },
    })
  })

  test('CSV: Spanish headers, semicolons, a byte order mark, cells over several lines; bad rows by their line', () => {
    const { format, items } = read('puestos.csv')
    expect(format).toBe('csv')
    expect(told(items[0])).toEqual({
      externalId: '1',
      title: 'Cocinero',
      description: '<p>Cocinar.</p><p>Limpiar; ordenar.</p>',
      places: [{ text: 'Medellín, Antioquia, Colombia', city: 'Medellín', region: 'Antioquia', country: 'CO' }],
      remote: 'onsite',
      employmentType: 'TEMPORARY',
      salary: { minMinor: 175_090_500, maxMinor: 175_090_500, currency: 'COP', period: 'MONTH' },
      closesOn: '2026-12-31',
      status: 'open',
      stamp: null,
      extra: { Empresa: 'Confidencial', Turno: 'noche' },
    })
    expect(items.slice(1, 4).map(({ at, mapped }) => [at, mapped.kind === 'rejected' && mapped.problems[0]])).toEqual([
      ['line 5', { at: '/Puesto', message: 'no title', remedy: 'An opening needs a title.' }],
      ['line 6', { at: '/Fecha de cierre', message: 'pronto is not a date', remedy: 'Write it as 2026-12-31.' }],
      ['line 7', { at: '', message: '3 cells where the header has 12', remedy: expect.any(String) }],
    ])
    expect(told(items[4])).toMatchObject({
      title: 'Panadero',
      salary: { minMinor: 150_000, maxMinor: 200_000, currency: 'PEN', period: 'MONTH' },
    })
  })
})
