import { Command } from 'commander'
import type { Cli, Flags } from './cli.ts'
import { applicationsCommands } from './commands/applications.ts'
import { campaignsCommands } from './commands/campaigns.ts'
import { candidatesCommands } from './commands/candidates.ts'
import { connectionsCommands } from './commands/connections.ts'
import { dataCommands } from './commands/data.ts'
import { doctorCommand } from './commands/doctor.ts'
import { feedsCommands } from './commands/feeds.ts'
import { jobsCommands } from './commands/jobs.ts'
import { killSwitchCommands } from './commands/kill-switch.ts'
import { loginCommand } from './commands/login.ts'
import { mlCommands } from './commands/ml.ts'
import { noticesCommands } from './commands/notices.ts'
import { organisationCommands } from './commands/organisation.ts'
import { schedulesCommands } from './commands/schedules.ts'
import { tasksCommands } from './commands/tasks.ts'
import { examples } from './verb.ts'

const VERSION = '0.1.0'

export const newProgram = (): Command =>
  new Command('adflux')
    .description('From a job opening to paid advertising that finds candidates, and stops when it is filled.')
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .option('--json', 'print one JSON document')
    .option('--verbose', 'tell every request, every problem and the correlation id')
    .option('--profile <name|file>', 'whom to talk to (or ADFLUX_PROFILE); without it the running local stack')
    .configureHelp({ showGlobalOptions: true, sortOptions: false })
    .showSuggestionAfterError(true)

export const flagsOf = (program: Command): Flags => program.opts<Flags>()

/** Every noun, in the order of the work: from openings and people to ads, then what keeps them going. */
export function addCommands(program: Command, cli: Cli): void {
  program.commandsGroup('Openings and people:')
  jobsCommands(program, cli)
  feedsCommands(program, cli)
  candidatesCommands(program, cli)
  applicationsCommands(program, cli)
  program.commandsGroup('Advertising:')
  mlCommands(program, cli)
  campaignsCommands(program, cli)
  connectionsCommands(program, cli)
  program.commandsGroup('Operation:')
  killSwitchCommands(program, cli)
  organisationCommands(program, cli)
  schedulesCommands(program, cli)
  tasksCommands(program, cli)
  noticesCommands(program, cli)
  dataCommands(program, cli)
  doctorCommand(program, cli)
  loginCommand(program, cli)
  for (const noun of program.commands) noun.helpCommand(false)
  examples(program, [
    'jobs import openings.csv.gz',
    'ml train --clusters 5',
    'campaigns create --job-id JOB-0001 --platform meta --daily-budget 20.00 --currency USD --end 2026-12-31',
    'campaigns publish CMP-0001 --wait',
    'campaigns metrics CMP-0001 --json',
  ])
  program.addHelpText(
    'after',
    '\nEvery noun tells more: adflux campaigns --help\nExit codes: 0 done, 1 refused or failed, 2 wrong usage.',
  )
}
