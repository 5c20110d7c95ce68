import type { FileRecord } from '#domain/import/file-record.ts'

const FIELDS = {
  backend: {
    primarySkill: 'Java',
    skills: ['Java', 'Spring Boot', 'SQL'],
    place: 'Bogotá, Colombia',
    salary: 9_000_000,
  },
  sales: { primarySkill: 'Ventas', skills: ['Ventas', 'CRM'], place: 'Medellín, Colombia', salary: 2_500_000 },
  nursing: { primarySkill: 'Enfermería', skills: ['Enfermería', 'UCI'], place: 'Cali, Colombia', salary: 3_500_000 },
} as const
export type Field = keyof typeof FIELDS

/** `n` people of a field who differ in years alone; their ids say who they are. */
export const people = (field: Field, n: number, from = 0): Record<string, unknown>[] =>
  Array.from({ length: n }, (_, i) => {
    const { primarySkill, skills, place, salary } = FIELDS[field]
    return {
      externalId: `${field}-${from + i}`,
      place,
      yearsExperience: 1 + ((from + i) % 5),
      educationLevel: 'bachelor',
      primarySkill,
      skills: [...skills],
      desiredSalary: { minor: salary * 100, currency: 'COP', period: 'MONTH' },
    }
  })

export const file = (records: Record<string, unknown>[]): FileRecord[] =>
  records.map((fields, index) => ({ index, at: `/${index}`, content: { fields } }))
