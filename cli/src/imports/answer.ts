import type { Oversize, Part } from '../split/parts.ts'

export interface ImportProblem {
  index: number
  at: string
  message: string
  remedy?: string
}

/** What an import answers: its sums, and each record that was rejected. Sums differ by what is imported. */
export interface ImportAnswer {
  received: number
  rejected: number
  problems: ImportProblem[]
  [more: string]: unknown
}

/** The API lists this many of the records that it took; so does the sum. */
const LISTED = 100

/** Sums are added, lists are joined. */
export function addAnswers(a: ImportAnswer, b: ImportAnswer): ImportAnswer {
  const sum: ImportAnswer = { ...a, ...b, problems: [...a.problems, ...b.problems] }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [left, right] = [a[key], b[key]]
    if (typeof left === 'number' && typeof right === 'number') sum[key] = left + right
    else if (Array.isArray(left) && Array.isArray(right) && key !== 'problems')
      sum[key] = [...left, ...right].slice(0, LISTED)
  }
  return sum
}

/** The places of a part's problems as they are in the whole file. */
export function inWholeFile(answer: ImportAnswer, part: Part): ImportAnswer {
  const { firstRecord, linesBefore, headLines } = part
  const problems = answer.problems.map((problem) => ({
    ...problem,
    index: problem.index + firstRecord,
    at: problem.at
      .replace(/^line (\d+)/, (_, n: string) => `line ${Number(n) - headLines + linesBefore}`)
      .replace(/^((?:\/[A-Za-z_]+)?\/)(\d+)(?=\/|$)/, (whole, list: string, n: string) =>
        Number(n) === problem.index ? `${list}${Number(n) + firstRecord}` : whole,
      ),
  }))
  return { ...answer, problems }
}

const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`

/** A record that is larger than a push can be: rejected here, where its place is known. */
export const tooLarge = ({ index, line, size }: Oversize, limit: number): ImportAnswer => ({
  received: 1,
  rejected: 1,
  problems: [
    {
      index,
      at: `line ${line}`,
      message: `This record alone is ${mib(size)}; one push carries ${mib(limit)}`,
      remedy: 'Shorten its longest text.',
    },
  ],
})
