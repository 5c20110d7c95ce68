import type { Command } from 'commander'
import type { Money } from '#domain/money.ts'
import type { Org } from '#domain/org.ts'
import type { Cli } from '../cli.ts'
import { Misuse } from '../failure.ts'
import type { Output } from '../output.ts'
import { does, examples } from '../verb.ts'

type Organisation = Org & { reservedADay: Money[] }
const PATH = '/v1/organisation'

export function organisationCommands(program: Command, cli: Cli): void {
  const noun = program.command('organisation').description('the organisation and its daily cap')

  does(noun.command('view').description('its settings, and what may be spent on one day'), async () => {
    const organisation = await cli.api().send<Organisation>({ path: PATH })
    cli.out.result(organisation, () => shown(cli.out, organisation))
  })

  const set = noun
    .command('set')
    .description('change the most that all campaigns together may cost on one day')
    .option('--daily-cap <amount>', 'in major units, such as 500.00; "none" takes the cap away')
    .option('--currency <code>', "ISO 4217; the organisation's own unless given")
  examples(set, ['organisation set --daily-cap 500.00', 'organisation set --daily-cap none'])
  does(set, async () => {
    const { dailyCap: amount, currency } = set.opts<{ dailyCap?: string; currency?: string }>()
    if (!amount) throw new Misuse('nothing to change: --daily-cap')
    const dailyCap =
      amount === 'none'
        ? null
        : { amount, currency: currency ?? (await cli.api().send<Organisation>({ path: PATH })).currency }
    const organisation = await cli.api().send<Organisation>({ method: 'PATCH', path: PATH, body: { dailyCap } })
    cli.out.result(organisation, () => shown(cli.out, organisation))
  })
}

const shown = ({ details, format }: Output, organisation: Organisation): string => {
  const { id, name, currency, timeZone, dailyCap, reservedADay } = organisation
  return details([
    ['id', id],
    ['name', name],
    ['currency', currency],
    ['time zone', timeZone],
    ['daily cap', dailyCap ? format.money(dailyCap) : 'none'],
    ['reserved a day', reservedADay.map((money) => format.money(money)).join(', ') || 'nothing'],
  ])
}
