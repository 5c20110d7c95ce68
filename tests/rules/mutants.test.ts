import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { outcomes, TELLING_CELLS, world } from './matrix.ts'

const rules = readFileSync(new URL('../../firestore.rules', import.meta.url), 'utf8')

/** The rules with one condition left out, for every condition that stands beside another. */
const mutants = [...rules.matchAll(/(?<=\b(?:if|return) )[^;]+(?=;)/g)].flatMap((expression) => {
  const terms = expression[0].split('&&').map((term) => term.trim())
  if (terms.length < 2) return []
  return terms.map((left, i) => {
    const weaker = terms.filter((_, at) => at !== i).join(' && ')
    const line = rules.slice(0, expression.index).split('\n').length
    return {
      name: `line ${line} without ${left.replaceAll(/\s+/g, ' ').slice(0, 60)}`,
      text: rules.slice(0, expression.index) + weaker + rules.slice(expression.index + expression[0].length),
    }
  })
})

test('there are conditions to leave out', () => expect(mutants.length).toBeGreaterThan(15))

test.each(mutants)('$name: the matrix sees it', { timeout: 120_000 }, async ({ text }) => {
  const env = await world(text)
  let seen = false
  for await (const { happened, allowed } of outcomes(env, TELLING_CELLS)) {
    seen = happened !== allowed
    if (seen) break
  }
  await env.cleanup()
  expect(seen).toBe(true)
})
