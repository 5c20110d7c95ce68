import { startVitest } from 'vitest/node'
import { runSteps, STATIC_STEPS } from '../scripts/verify.ts'
import { missing } from './support/present.ts'
import { type Tally, tally } from './support/tally.ts'

/** What `npm test` runs, in this order: what fails fastest comes first. `npm test -- unit` runs one of them. */
const PROJECTS = ['static', 'unit', 'emulated', 'e2e']

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !PROJECTS.includes(name))
if (unknown.length > 0) {
  console.error(`There is no test project ${unknown.join(', ')}: choose from ${PROJECTS.join(', ')}.`)
  process.exit(2)
}

const results: Tally[] = []
for (const project of PROJECTS.filter((name) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n=== ${project} ===`)
  results.push(project === 'static' ? await checkStatic() : await run(project))
}

report(results)
// Not the exit code alone: a socket that some test left open must not keep the run from ending.
process.exit(results.some((result) => result.failed > 0) ? 1 : 0)

async function checkStatic(): Promise<Tally> {
  const began = Date.now()
  const failed = (await runSteps(STATIC_STEPS)).length
  const seconds = Math.round((Date.now() - began) / 1000)
  return { project: 'static', files: 0, passed: STATIC_STEPS.length - failed, failed, skipped: [], seconds }
}

async function run(project: string): Promise<Tally> {
  const counted = tally(project)
  try {
    const vitest = await startVitest('test', [], {
      project: [project],
      run: true,
      watch: false,
      reporters: ['default', counted.reporter],
    })
    await vitest.close()
  } catch (error) {
    console.error(error)
    return { ...counted.result(), failed: counted.result().failed + 1 }
  }
  return counted.result()
}

function report(all: readonly Tally[]): void {
  const sum = (pick: (result: Tally) => number) => all.reduce((total, result) => total + pick(result), 0)
  console.log('\n=== what ran ===')
  for (const { project, files, passed, failed, skipped, seconds } of all)
    console.log(
      `${project.padEnd(9)} ${files ? `${files} files: ` : ''}${passed} passed, ${failed} failed, ${skipped.length} skipped (${seconds} s)`,
    )
  const skipped = all.flatMap((result) => result.skipped)
  if (skipped.length > 0) {
    console.log('\n!!! NOT TESTED on this machine !!!')
    for (const { what, remedy } of missing()) console.log(`  absent: ${what} (${remedy})`)
    for (const [file, tests = []] of Object.entries(Object.groupBy(skipped, (each) => each.file))) {
      const whys = [...new Set(tests.map((each) => each.why).filter(Boolean))].join('; ')
      const names = tests.slice(0, 3).map((each) => `“${each.name}”`)
      const more = tests.length > 3 ? ` and ${tests.length - 3} more` : ''
      console.log(`  skipped: ${file}: ${names.join(', ')}${more}${whys ? ` (${whys})` : ''}`)
    }
  }
  console.log(`\n${sum((r) => r.passed)} passed, ${sum((r) => r.failed)} failed, ${skipped.length} skipped`)
}
