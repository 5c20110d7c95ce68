import { type Command, InvalidArgumentError } from 'commander'
import { Misuse } from './failure.ts'

/** Adds `[id]` and `--id`: one of them names what the command is about. */
export function takesId(command: Command, what: string): Command {
  return command.argument('[id]', `id or ref of the ${what}`).option('--id <id>', 'the same, as an option')
}

/** Throws Misuse where the id is absent or given twice. */
export function idOf(command: Command): string {
  const [positional] = command.processedArgs as (string | undefined)[]
  const { id } = command.opts<{ id?: string }>()
  if (positional && id && positional !== id) throw new Misuse(`two ids are given, ${positional} and ${id}`)
  const given = positional ?? id
  if (!given) throw new Misuse(`no id is given: ${nameOf(command)} <id or ref>`)
  return given
}

/** "adflux jobs view". */
export const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()

/** For an option that may be repeated. */
export const each = (value: string, before: string[] = []): string[] => [...before, value]

/** For an option that may be repeated or hold a comma list. */
export const eachOf = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
]

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const n = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (n >= least && n <= most) return n
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
    throw new InvalidArgumentError(`It must be a whole number ${range}.`)
  }
}

export function number(text: string): number {
  const n = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(n)) return n
  throw new InvalidArgumentError('It must be a number.')
}

export function oneOf<const T extends string>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => choice === text)
    if (found) return found
    throw new InvalidArgumentError(`It is one of ${choices.join(', ')}.`)
  }
}

/** `name=value`, repeatable; the value may be empty. */
export function pair(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write it as name=value.')
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() }
}

/** Only what was given. */
export const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
