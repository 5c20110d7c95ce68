import { describe, expect, test } from 'vitest'
import { mapCandidate } from '#domain/import/candidate-record.ts'
import { columnsOf, type Mapping } from '#domain/import/columns.ts'

const COP = { currency: 'COP' }

function mapped(record: Record<string, unknown>, mapping: Mapping = {}) {
  return mapCandidate(record, columnsOf([record], mapping).taken, COP)
}

describe('columns', () => {
  test('are known by their usual names in English and Spanish', () => {
    const headers = [
      'ID',
      'Ubicación',
      'Años de experiencia',
      'Nivel educativo',
      'Habilidades',
      'Salario deseado',
      'Correo electrónico',
    ]
    const { taken, ignored } = columnsOf([Object.fromEntries(headers.map((name) => [name, '']))], {})
    expect(taken.map(({ field }) => field)).toEqual([
      'externalId',
      'place',
      'yearsExperience',
      'educationLevel',
      'skills',
      'desiredSalary',
      'email',
    ])
    expect(ignored).toEqual([])
  })

  test('the names of the original AdFlux are known', () => {
    const original =
      'name email phone location years_experience education_level skills primary_skill desired_salary desired_position availability languages'
    const { ignored } = columnsOf([Object.fromEntries(original.split(' ').map((name) => [name, '']))], {})
    expect(ignored).toEqual([])
  })

  test('a mapping goes before names, and what it names is fed by that alone', () => {
    const row = { Salary: '1', Pay: '2', Notes: 'x', 'e-mail': 'a@example.com' }
    const { taken, ignored } = columnsOf([row], { Pay: 'desiredSalary:USD:YEAR', 'e-mail': null })
    expect(taken).toEqual([{ name: 'Pay', field: 'desiredSalary', currency: 'USD', period: 'YEAR' }])
    expect(ignored).toEqual(['Salary', 'Notes', 'e-mail'])
  })

  test('currency, period and unit of a column can stand in its name', () => {
    const { taken } = columnsOf([{ expected_salary_usd: '', hourly_earnings_usd: '' }], {})
    expect(taken).toEqual([{ name: 'expected_salary_usd', field: 'desiredSalary', currency: 'USD' }])
    expect(columnsOf([{ hourly_earnings_usd: '' }], {}).taken).toEqual([
      { name: 'hourly_earnings_usd', field: 'desiredSalary', currency: 'USD', period: 'HOUR' },
    ])
  })

  test.each(['gender', 'age', 'postcode', 'sexo', 'edad', 'zip', 'birth_date'])(
    '%s is no field, whatever is asked',
    (name) => {
      expect(columnsOf([{ [name]: 'x' }], {}).taken).toEqual([])
      expect(() => columnsOf([{ x: '' }], { x: name })).toThrow('The mapping of 1 columns is not understood')
    },
  )

  test('a mapping of a column that is not there names those that are', () => {
    expect(() => columnsOf([{ a: 1, b: 2 }], { c: 'skills' })).toThrow('The file has no column "c"')
  })

  test('a wrong option is refused with the place', () => {
    try {
      columnsOf([{ a: 1 }], { a: 'desiredSalary:pesos' })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        details: { problems: [{ at: '/mapping/a', message: expect.stringContaining('"pesos"') }] },
      })
    }
  })
})

describe('a record', () => {
  test('with gaps is a candidate with gaps', () => {
    expect(mapped({ city: 'city_21', experience: '>20', education_level: '', major_discipline: 'STEM' })).toEqual({
      record: {
        externalId: null,
        profile: { place: { text: 'city_21', city: 'city_21' }, yearsExperience: 21, educationLevel: null },
        contact: null,
        consents: [],
      },
    })
  })

  test('speaks only of the fields it has', () => {
    expect(mapped({ id: 7, skills: 'SQL' })).toMatchObject({
      record: { externalId: '7', profile: { skills: ['SQL'] } },
    })
    const { record } = mapped({ id: 7, skills: 'SQL' }) as { record: { profile: object } }
    expect(Object.keys(record.profile)).toEqual(['skills'])
  })

  test('gathers skills from columns of yes and no, and drops months behind a skill', () => {
    const row = { Web_developer: '1', DevOps: '0', Data_scientist: 'yes', more: 'Python:24;AWS:<12' }
    const mapping = { Web_developer: 'skills', DevOps: 'skills', Data_scientist: 'skills', more: 'skills' }
    expect(mapped(row, mapping)).toMatchObject({
      record: { profile: { skills: ['Web developer', 'Data scientist', 'Python', 'AWS'] } },
    })
  })

  test('puts contact apart from the profile', () => {
    const row = {
      nombre: 'Ana',
      apellidos: 'Ruiz Gil',
      correo: 'ana@example.com',
      celular: '3001234567',
      ciudad: 'Cali',
      pais: 'Colombia',
    }
    expect(mapped(row)).toMatchObject({
      record: {
        profile: { place: { city: 'Cali', country: 'CO' } },
        contact: { name: 'Ana Ruiz Gil', email: 'ana@example.com', phone: '+573001234567' },
      },
    })
  })

  test('names every column that is not understood', () => {
    expect(mapped({ id: 'x', experience: 'much', education: 'karate', skills: 'SQL' })).toMatchObject({
      problems: [
        { at: 'experience', message: '"much" is no length of time' },
        { at: 'education', message: '"karate" is no level of education' },
      ],
    })
  })

  test('that says nothing is no candidate', () => {
    expect(mapped({ id: '1', city: '', skills: '', email: '' })).toMatchObject({
      problems: [{ message: 'the record says nothing about a candidate' }],
    })
  })

  test('of the native form maps to itself', () => {
    const native = {
      externalId: 'a1',
      place: { city: 'Lima', country: 'PE' },
      yearsExperience: 3,
      educationLevel: 'technical',
      primarySkill: 'Ventas',
      skills: ['Ventas', 'CRM'],
      desiredSalary: { minor: 300_000, currency: 'PEN', period: 'MONTH' },
      languages: ['es'],
      name: 'Luz Paz',
      consents: [{ purpose: 'recruiting', textVersion: 'v1', at: '2026-01-01T00:00:00Z' }],
    }
    expect(mapped(native)).toEqual({
      record: {
        externalId: 'a1',
        profile: {
          place: { text: 'Lima, PE', city: 'Lima', country: 'PE' },
          yearsExperience: 3,
          educationLevel: 'technical',
          primarySkill: 'Ventas',
          skills: ['Ventas', 'CRM'],
          desiredSalary: { minor: 300_000, currency: 'PEN', period: 'MONTH' },
          languages: ['es'],
        },
        contact: { name: 'Luz Paz' },
        consents: [{ purpose: 'recruiting', granted: true, textVersion: 'v1', at: '2026-01-01T00:00:00.000Z' }],
      },
    })
  })
})
