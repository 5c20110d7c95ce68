import type { Command } from 'commander'

/** A verb of a noun: `run` gets the command with its options and arguments read. */
export function does(command: Command, run: (command: Command) => Promise<void> | void): Command {
  return command.action(async (...args: unknown[]) => {
    await run(args.at(-1) as Command)
  })
}

/** Examples under a command's help. */
export const examples = (command: Command, lines: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ adflux ${line}`).join('\n')}`)
