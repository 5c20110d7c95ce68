import type { Command } from 'commander'
import type { FlippedSwitch, SwitchState, SwitchView } from '#domain/kill-switch.ts'
import type { Cli } from '../cli.ts'
import type { Output } from '../output.ts'
import { does, examples } from '../verb.ts'

const PATH = '/v1/kill-switch'

export function killSwitchCommands(program: Command, cli: Cli): void {
  const noun = program.command('kill-switch').description('stop all advertising at once')

  does(noun.command('status').description('whether anything may spend, and who said so'), async () => {
    const view = await cli.api().send<SwitchView>({ path: PATH })
    cli.out.result(view, () => shown(cli.out, view))
  })

  const flip = (verb: string, description: string, state: SwitchState['state'], done: string): void => {
    const command = noun.command(verb).description(description).requiredOption('--why <text>', 'for the audit trail')
    examples(command, [`kill-switch ${verb} --why "The budgets of today's import are wrong"`])
    does(command, async () => {
      const { why } = command.opts<{ why: string }>()
      const view = await cli.api().send<FlippedSwitch>({ method: 'POST', path: PATH, body: { state, why } })
      const told = [done, view.pausing?.text].filter(Boolean).join('\n')
      cli.out.result(view, () => `${told}\n\n${shown(cli.out, view)}`)
    })
  }
  flip('stop', 'pause everything, and let nothing start', 'stopped', 'Stopped. Every running campaign is being paused.')
  flip(
    'release',
    'let campaigns be published and resumed again; starts nothing by itself',
    'running',
    'Released. Resume each campaign that shall run again.',
  )
}

function shown({ details, format }: Output, { running, installation, organisation }: SwitchView): string {
  const told = ({ state, by, at, why }: SwitchState) =>
    [`${state} by ${by}, ${format.instant(at)}`, why].filter(Boolean).join(': ')
  return details([
    ['advertising', running ? 'may run' : 'stopped'],
    ['organisation', told(organisation)],
    ['installation', told(installation)],
  ])
}
