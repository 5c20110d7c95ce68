/** A finding, as a problem document lists it. */
export interface FoundAt {
  at: string
  message: string
  remedy?: string | undefined
}

export interface FailureDetails {
  /** What to do about it. */
  remedy?: string
  problems?: readonly FoundAt[]
  /** HTTP status, where an answer was the cause. */
  status?: number
  correlationId?: string
}

/** Something was refused or failed: exit 1, one line on stderr. */
export class Failure extends Error {
  readonly details: FailureDetails

  constructor(message: string, details: FailureDetails = {}) {
    super(message)
    this.name = 'Failure'
    this.details = details
  }
}

/** The command was written wrongly: exit 2. */
export class Misuse extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Misuse'
  }
}

const SHOWN = 3
const place = ({ at, message, remedy }: FoundAt): string =>
  `${at ? `${at}: ` : ''}${message}${remedy ? ` (${remedy})` : ''}`

/** A sentence with its full stop, so that the next can follow. */
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)

/** One line: what happened, what to do, and the first places; with `verbose` every place on a line of its own. */
export function explain(message: string, details: FailureDetails, verbose: boolean): string {
  const { remedy, problems = [], correlationId } = details
  const told = [message, ...(remedy ? [remedy] : [])].map(sentence).join(' ')
  // A problem that only repeats the title says nothing new.
  const news = problems.filter((p) => p.message !== message)
  if (verbose)
    return [
      told,
      ...news.map((p) => `  ${place(p)}`),
      ...(correlationId ? [`  correlation id ${correlationId}`] : []),
    ].join('\n')
  const places = news.slice(0, SHOWN).map(place).join('; ')
  const more = news.length > SHOWN ? `; and ${news.length - SHOWN} more (--verbose)` : ''
  return places ? `${told} ${places}${more}` : told
}
