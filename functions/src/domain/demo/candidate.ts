import { FIELDS } from './fields.ts'
import { homeOf } from './job.ts'
import { AREA_CODES, GIVEN_NAMES, SURNAMES } from './people.ts'
import { COUNTRIES } from './places.ts'
import { type Random, randomOf } from './random.ts'

/** The text that the invented people agreed to, and when. */
const CONSENT = { textVersion: 'demo-2026-01', at: '2026-01-15T12:00:00.000Z' }

const LANGUAGES = { es: ['es'], en: ['es', 'en'] } as const

/** The `index`-th person of a seed. */
export function demoCandidate(seed: number, index: number) {
  const random = randomOf(`candidate/${seed}/${index}`)
  const field = random.weighted(FIELDS)
  const country = random.weighted(COUNTRIES)
  const city = random.chance(0.5) ? homeOf(field, country, random) : random.weighted(country.cities)
  const language = random.chance(0.8) ? 'es' : 'en'
  const years = Math.max(0, Math.round(random.around(field.years, field.years)))
  const [primarySkill = '', ...others] = [
    random.pick(field.skills[language].slice(0, 3)),
    ...random.some(field.skills[language].slice(3), random.int(2, 4)),
  ]
  const wage = country.wage * field.pay * (0.8 + 0.06 * years) * random.around(1, 0.2)
  return {
    externalId: `demo-${seed}-${String(index + 1).padStart(4, '0')}`,
    place: random.chance(0.97) ? { city: city.name, region: city.region, country: country.code } : null,
    yearsExperience: random.chance(0.95) ? years : null,
    educationLevel: random.chance(0.95) ? random.weighted(field.education).level : null,
    primarySkill,
    skills: [primarySkill, ...others],
    desiredSalary: random.chance(0.8)
      ? {
          amount: String(Math.max(1, Math.round(wage / country.step)) * country.step),
          currency: country.currency,
          period: 'MONTH' as const,
        }
      : null,
    desiredPosition: random.pick(field.titles)[language],
    languages: [...LANGUAGES[language]],
    availability: random.pick(['inmediata', 'en 15 días', 'en 30 días']),
    ...identityOf(random, index),
    consents: [
      ...(random.chance(0.9) ? [{ purpose: 'recruiting' as const, ...CONSENT }] : []),
      ...(random.chance(0.6) ? [{ purpose: 'audience_ads' as const, ...CONSENT }] : []),
    ],
  }
}

function identityOf(random: Random, index: number) {
  const given = random.pick(GIVEN_NAMES)
  const surnames = random.some(SURNAMES, 2)
  const address = [given, surnames[0] ?? '', String(index + 1)].join('.')
  const phone = `+1${random.pick(AREA_CODES)}55501${String(random.int(0, 99)).padStart(2, '0')}`
  return {
    name: [given, ...surnames].join(' '),
    email: `${address.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}@example.com`,
    phone: random.chance(0.7) ? phone : null,
  }
}
