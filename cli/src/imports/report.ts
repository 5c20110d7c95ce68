import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'
import type { ImportAnswer, ImportProblem } from './answer.ts'

const SHOWN = 3
const UNCOUNTED = new Set(['received', 'rejected'])

/** Prints the sums; a file of which nothing could be taken is a failure. */
export function reportImport(cli: Cli, answer: ImportAnswer): void {
  const { out } = cli
  const sums = Object.entries(answer).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0 && !UNCOUNTED.has(entry[0]),
  )
  out.result(answer, () => {
    const told = [...sums, ['rejected', answer.rejected] as const].map(([key, n]) => `${out.format.integer(n)} ${key}`)
    return `${out.format.integer(answer.received)} received: ${told.join(', ')}`
  })
  const ignored = (answer.columns as { ignored?: string[] } | undefined)?.ignored ?? []
  if (ignored.length > 0) out.note(`  passed over: ${ignored.join(', ')}`)
  if (answer.received > 0 && answer.rejected >= answer.received)
    throw new Failure('Every record was rejected', {
      problems: answer.problems.map(({ index, at, ...problem }) => ({ ...problem, at: placeOf(index, at) })),
    })
  const shown = cli.flags().verbose ? answer.problems : answer.problems.slice(0, SHOWN)
  for (const problem of shown) out.note(lineOf(problem))
  const more = answer.problems.length - shown.length
  if (more > 0) out.note(`  … and ${more} more (--verbose or --json)`)
}

const placeOf = (index: number, at: string): string => `record ${index + 1}${at ? `, ${at}` : ''}`
const lineOf = ({ index, at, message, remedy }: ImportProblem): string =>
  `  ${placeOf(index, at)}: ${message}${remedy ? ` (${remedy})` : ''}`
