import { type DemoField, FIELDS } from './fields.ts'
import { COMPANIES } from './people.ts'
import { COUNTRIES, type DemoCountry } from './places.ts'
import { type Random, randomOf } from './random.ts'

const SENIORITY = [
  { weight: 3, years: 1, pay: 0.8, es: 'júnior', en: 'junior' },
  { weight: 5, years: 3, pay: 1, es: 'semisénior', en: 'mid-level' },
  { weight: 3, years: 6, pay: 1.35, es: 'sénior', en: 'senior' },
] as const
type Seniority = (typeof SENIORITY)[number]
type Language = 'es' | 'en'

/** The `index`-th opening of a seed. */
export function demoJob(seed: number, index: number) {
  const random = randomOf(`job/${seed}/${index}`)
  const field = random.weighted(FIELDS)
  const country = random.weighted(COUNTRIES)
  const city = random.chance(0.5) ? homeOf(field, country, random) : random.weighted(country.cities)
  const language: Language = random.chance(0.75) ? 'es' : 'en'
  const seniority = random.weighted(SENIORITY)
  const company = random.pick(COMPANIES)
  const title = random.pick(field.titles)[language]
  const skills = random.some(field.skills[language], random.int(4, 6))
  const remote = random.chance(field.remote) ? 'remote' : random.chance(0.3) ? 'hybrid' : 'onsite'
  const externalId = `demo-${seed}-${String(index + 1).padStart(4, '0')}`
  const fullTitle = seniority.es === 'semisénior' ? title : titleOf(title, seniority, language)
  return {
    externalId,
    title: fullTitle,
    company,
    department: field.department[language],
    description: descriptionOf(language, { company, title: fullTitle, skills, city: city.name, seniority, random }),
    location: { city: city.name, region: city.region, country: country.code },
    remote,
    employmentType: random.chance(0.85) ? 'FULL_TIME' : random.pick(['PART_TIME', 'CONTRACTOR', 'TEMPORARY']),
    experienceLevel: seniority[language],
    educationLevel: random.weighted(field.education).level,
    skills,
    salary: random.chance(0.8) ? payOf(field, country, seniority, random) : null,
    applyUrl: `https://${company.toLowerCase()}.example.com/jobs/${externalId}/apply`,
    language,
  }
}

export function homeOf(field: DemoField, country: DemoCountry, random: Random): DemoCountry['cities'][number] {
  return country.cities.find(({ name }) => name === field.home[country.code]) ?? random.weighted(country.cities)
}

const titleOf = (title: string, seniority: Seniority, language: Language): string =>
  language === 'es' ? `${title} ${seniority.es}` : `${seniority.en === 'junior' ? 'Junior' : 'Senior'} ${title}`

function payOf(field: DemoField, country: DemoCountry, seniority: Seniority, random: Random) {
  const middle = country.wage * field.pay * seniority.pay * random.around(1, 0.15)
  const rounded = (amount: number): number => Math.round(amount / country.step) * country.step
  return {
    min: rounded(middle * 0.9),
    max: rounded(middle * 1.15),
    currency: country.currency,
    period: 'MONTH' as const,
  }
}

interface Told {
  company: string
  title: string
  skills: readonly string[]
  city: string
  seniority: Seniority
  random: Random
}

const WORDS = {
  es: {
    opening: ['buscamos', 'queremos conocer a', 'abrimos una vacante de', 'incorporamos'],
    tasks: [
      'Trabajar con un equipo que comparte lo que sabe',
      'Proponer mejoras y llevarlas a cabo',
      'Cuidar la calidad de lo que se entrega',
      'Mantener al día la documentación del área',
      'Acompañar a quienes empiezan',
    ],
    offer: [
      'Contrato directo con la empresa',
      'Horario flexible',
      'Formación pagada',
      'Seguro de salud para la familia',
      'Dos días de descanso adicionales al año',
    ],
    headings: ['Qué harás', 'Qué necesitas', 'Qué ofrecemos'],
    years: (n: number) => `Al menos ${n} ${n === 1 ? 'año' : 'años'} de experiencia`,
    knows: (skill: string) => `Conocimientos de ${skill}`,
    first: (t: Told, verb: string) => `En ${t.company} ${verb} ${t.title} para ${t.city}.`,
  },
  en: {
    opening: ['is looking for a', 'would like to meet a', 'has an opening for a', 'is hiring a'],
    tasks: [
      'Work with a team that shares what it knows',
      'Suggest improvements and carry them out',
      'Take care of the quality of what we deliver',
      'Keep the documentation of the area up to date',
      'Support those who are new',
    ],
    offer: [
      'A contract with the company itself',
      'Flexible hours',
      'Paid training',
      'Health insurance for the family',
      'Two extra days off a year',
    ],
    headings: ['What you will do', 'What you need', 'What we offer'],
    years: (n: number) => `At least ${n} ${n === 1 ? 'year' : 'years'} of experience`,
    knows: (skill: string) => `Knowledge of ${skill}`,
    first: (t: Told, verb: string) => `${t.company} ${verb} ${t.title} in ${t.city}.`,
  },
} as const

function descriptionOf(language: Language, told: Told): string {
  const words = WORDS[language]
  const { random, skills, seniority } = told
  const items = (lines: readonly string[]): string => `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`
  const parts = [
    random.some(words.tasks, 3),
    [words.years(seniority.years), ...skills.slice(0, 3).map(words.knows)],
    random.some(words.offer, 3),
  ]
  const sections = words.headings.map((heading, i) => `<h3>${heading}</h3>${items(parts[i] ?? [])}`)
  return `<p>${words.first(told, random.pick(words.opening))}</p>${sections.join('')}`
}
