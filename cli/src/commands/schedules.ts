import type { Command } from 'commander'
import { given } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { Misuse } from '../failure.ts'
import type { Output } from '../output.ts'
import { list } from '../page.ts'
import { does, examples } from '../verb.ts'

interface Schedule {
  name: string
  cron: string
  timeZone: string
  state: 'enabled' | 'paused'
  nextRunAt: string | null
  lastRunAt: string | null
}

export function schedulesCommands(program: Command, cli: Cli): void {
  const schedules = program.command('schedules').description('when AdFlux pulls, syncs and trains')

  does(schedules.command('list').description('all schedules'), async (command) => {
    const columns = columnsOf(cli.out)
    await list<Schedule>(cli, command, { path: '/v1/schedules', nothing: 'No schedules.', columns })
  })

  const set = schedules
    .command('set')
    .description('change one')
    .argument('<name>', 'such as schedule-sync')
    .option('--cron <fields>', 'five fields, such as "*/30 * * * *"')
    .option('--time-zone <zone>', 'IANA, such as America/Bogota')
    .option('--pause', 'run it no more')
    .option('--resume', 'run it again')
  examples(set, ['schedules set schedule-sync --cron "0 */2 * * *" --time-zone America/Bogota'])
  does(set, async (command) => {
    const [name = ''] = command.processedArgs as string[]
    const { cron, timeZone, pause, resume } = command.opts<{
      cron?: string
      timeZone?: string
      pause?: boolean
      resume?: boolean
    }>()
    if (pause && resume) throw new Misuse('--pause and --resume exclude each other')
    const body = given({ cron, timeZone, paused: pause ? true : resume ? false : undefined })
    if (Object.keys(body).length === 0) throw new Misuse('nothing to change: --cron, --time-zone, --pause or --resume')
    const path = `/v1/schedules/${encodeURIComponent(name)}`
    const schedule = await cli.api().send<Schedule>({ method: 'PUT', path, body })
    cli.out.result(schedule, () => cli.out.table(columnsOf(cli.out), [schedule]))
  })
}

const columnsOf = ({ format }: Output) => [
  { head: 'NAME', of: (s: Schedule) => s.name },
  { head: 'CRON', of: (s: Schedule) => s.cron },
  { head: 'TIME ZONE', of: (s: Schedule) => s.timeZone },
  { head: 'STATE', of: (s: Schedule) => s.state },
  { head: 'LAST RUN', of: (s: Schedule) => format.instant(s.lastRunAt) },
  { head: 'NEXT RUN', of: (s: Schedule) => format.instant(s.nextRunAt) },
]
