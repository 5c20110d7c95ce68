import type { Command } from 'commander'
import { type Check, runChecks } from '../checks.ts'
import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'
import type { Style } from '../output.ts'
import { does } from '../verb.ts'

const MARKS: Record<Check['state'], [mark: string, style: Style]> = {
  ok: ['✓', 'green'],
  failed: ['✗', 'red'],
  skipped: ['·', 'dim'],
}

export function doctorCommand(program: Command, cli: Cli): void {
  does(program.command('doctor').description('check everything that must work, and say what mends it'), async () => {
    const checks = await runChecks(cli)
    const wrong = checks.filter((check) => check.state === 'failed')
    cli.out.result({ ok: wrong.length === 0, checks }, () => checks.map((check) => lineOf(cli, check)).join('\n'))
    if (wrong.length > 0)
      throw new Failure(`${wrong.length} of ${checks.length} checks failed: ${wrong.map((c) => c.name).join(', ')}`)
  })
}

function lineOf({ out }: Cli, { name, state, detail, fix }: Check): string {
  const [mark, style] = MARKS[state]
  return `${out.style(style, mark)} ${out.details([[name.padEnd(12), detail]])}${fix ? `\n    -> ${fix}` : ''}`
}
