import { type Command, CommanderError } from 'commander'
import { DomainError } from '#domain/errors.ts'
import { cliOf } from './cli.ts'
import { explain, Failure, Misuse } from './failure.ts'
import type { Io } from './io.ts'
import { addCommands, flagsOf, newProgram } from './program.ts'

const DONE = 0
const REFUSED = 1
const MISUSED = 2

/** One command line, from its words to its exit code. Throws nothing but faults of ours. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const program = newProgram()
  const cli = cliOf(io, () => flagsOf(program))
  let complaint = ''
  program.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    outputError: (text) => {
      complaint = text
    },
    getOutHasColors: () => false,
    getErrHasColors: () => false,
    ...(io.stdout.columns && { getOutHelpWidth: () => io.stdout.columns ?? 80 }),
  })
  addCommands(program, cli)
  const say = (line: string): void => {
    io.stderr.write(`adflux: ${line}\n`)
  }

  if (argv.length === 0) {
    program.outputHelp()
    return DONE
  }
  try {
    await program.parseAsync(argv, { from: 'user' })
    return DONE
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return DONE
      if (complaint) say(misuseText(complaint, program, argv))
      return MISUSED
    }
    if (error instanceof Misuse) {
      say(`${error.message}. See: ${helpOf(program, argv)}`)
      return MISUSED
    }
    if (error instanceof Failure || error instanceof DomainError) {
      say(explain(error.message, error.details, Boolean(flagsOf(program).verbose)))
      return REFUSED
    }
    throw error
  }
}

/** One line: what was not understood, the nearest that would be, and where to read on. */
function misuseText(complaint: string, program: Command, argv: readonly string[]): string {
  const words = complaint.trim().replace(/^error: /, '')
  const [what = '', guess] = words.split('\n')
  const near = guess?.replace(/^\(Did you mean (.+)\?\)$/, 'did you mean $1?')
  const noun = nearestCommand(program, argv)
  const verbs = noun.commands.map((c) => c.name()).join(', ')
  const known = !near && what.startsWith('unknown command') && verbs ? `${noun.name()} has ${verbs}` : undefined
  const told = [what, near ?? known].filter(Boolean).join('; ')
  return `${told.replace(/\.+$/, '')}${told.endsWith('?') ? '' : '.'} See: ${helpOf(program, argv)}`
}

/** The command that the words lead to, as far as they are understood. */
function nearestCommand(program: Command, argv: readonly string[]): Command {
  let command = program
  for (const word of argv) {
    if (word.startsWith('-')) continue
    const next = command.commands.find((c) => c.name() === word)
    if (!next) break
    command = next
  }
  return command
}

function helpOf(program: Command, argv: readonly string[]): string {
  const names: string[] = []
  for (let c: Command | null = nearestCommand(program, argv); c; c = c.parent) names.unshift(c.name())
  return `${names.join(' ')} --help`
}
