import { plain } from './data/plain.ts'
import { copyOf } from './delivery/appeal.ts'
import type { Fields } from './events.ts'
import { between, hashText, uniform } from './random.ts'
import { chainActive } from './status.ts'
import { current, members, type Thing, text, type World } from './world.ts'

interface Policy {
  title: string
  say: string
  claims: RegExp[]
}

/** Claims that a reviewer refuses in a job ad, in English and Spanish; matched without accents or case. */
const POLICIES: readonly Policy[] = [
  {
    title: 'Unrealistic Outcomes',
    say: 'Ads must not promise incomes or results that they cannot guarantee.',
    claims: [
      /guaranteed (income|earnings|salary|results)/,
      /(ingresos?|ganancias?|sueldo|resultados?) garantizad[oa]s?/,
      /(get rich|earn money fast|hazte rico|dinero facil|gana dinero rapido)/,
      /work from home and earn \$?\d+/,
    ],
  },
  {
    title: 'Discriminatory Practices',
    say: 'Job ads must not prefer or exclude people by age, gender, family or origin.',
    claims: [
      /\b(hombres|mujeres|varones|senoritas|men|women) (de|entre|from|aged|between) \d{2}/,
      /\b(solo|only|unicamente) (hombres|mujeres|varones|men|women|jovenes)\b/,
      /\b(no mayores de|maximo|menores de|under|not older than) \d{2} (anos|years)/,
      /\b(edad|age)\s*:?\s*(de |from |between |entre )?\d{2}\s*(a|y|to|and|-)\s*\d{2}\b/,
      /\b(sin hijos|solter[oa]s? solamente|no children|single only)\b/,
      /\b(buena presencia|excelente presentacion fisica|good looking)\b/,
    ],
  },
  {
    title: 'Personal Attributes',
    say: 'Ads must not assert or imply personal attributes of the people who see them.',
    claims: [/\b(eres|are you) (gay|pobre|depressed|catolic[oa]|muslim|disabled)\b/],
  },
]

/** Begins the review of every ad of a campaign whose whole chain is told to run and whose present creative was never reviewed. */
export function beginReviews(world: World, campaign: string, at: number): void {
  for (const adset of world.children(campaign)) {
    for (const id of world.children(adset)) {
      const ad = world.things.get(id)
      if (!ad || !chainActive(world, ad, at) || reviewed(ad)) continue
      const creative = world.things.get(creativeIn(current(ad)))
      const broken = POLICIES.filter((policy) => {
        const copy = plain(creative ? `${copyOf(current(creative))}\n${text(current(ad).name)}` : '')
        return policy.claims.some((claim) => claim.test(copy))
      })
      const { min, max } = world.settings.reviewMinutes
      const draw = uniform(hashText(`${world.seed}/review/${ad.key}`), ad.reviews.length)
      world.record({
        type: 'reviewed',
        id,
        review: {
          at,
          endsAt: Math.round(at + between(min, max, draw) * 60_000),
          verdict: broken.length > 0 ? 'DISAPPROVED' : 'ACTIVE',
          feedback: Object.fromEntries(broken.map(({ title, say }) => [title, say])),
        },
      })
    }
  }
}

/** An ad is reviewed once for each creative that it carries. */
function reviewed(ad: Thing): boolean {
  const latest = ad.reviews[ad.reviews.length - 1]
  if (!latest) return false
  const changedAt = ad.versions.findLast(
    (version, index) => saidIn(version.fields) !== saidIn(ad.versions[index - 1]?.fields ?? {}),
  )?.at
  return changedAt === undefined || changedAt <= latest.at
}

const creativeIn = (ad: Fields): string => text(members(ad.creative).creative_id)
/** Which creative, and which text of it where the platform lets a creative change. */
const saidIn = (ad: Fields): string => `${creativeIn(ad)}/${text(members(ad.creative).revision)}`
