import type { Command } from 'commander'
import { type Application, STAGES } from '#domain/candidate.ts'
import { given, idOf, oneOf, takesId } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { Misuse } from '../failure.ts'
import type { Output } from '../output.ts'
import { list, takesPage } from '../page.ts'
import { does, examples } from '../verb.ts'

export function applicationsCommands(program: Command, cli: Cli): void {
  const applications = program
    .command('applications')
    .description('who applied where, through which campaign, and how far')
  const { format } = cli.out

  const listed = takesPage(applications.command('list').description('all applications'))
    .option('--job <id>')
    .option('--candidate <id>')
    .option('--campaign <id>')
    .option('--stage <stage>', STAGES.join(', '), oneOf(STAGES))
  does(listed, async (command) => {
    const { job, candidate, campaign, stage } = command.opts<Record<string, string | undefined>>()
    await list<Application>(cli, command, {
      path: '/v1/applications',
      query: { job, candidate, campaign, stage },
      nothing: 'No applications.',
      columns: [
        { head: 'REF', of: (a) => a.ref },
        { head: 'STAGE', of: (a) => a.stage },
        { head: 'JOB', of: (a) => a.jobId, wide: true },
        { head: 'CANDIDATE', of: (a) => a.candidateId, wide: true },
        { head: 'CAMPAIGN', of: (a) => a.campaignId, wide: true },
        { head: 'SOURCE', of: (a) => a.source },
        { head: 'APPLIED', of: (a) => format.instant(a.appliedAt) },
      ],
    })
  })

  const created = applications
    .command('create')
    .description('record that a candidate applied')
    .requiredOption('--job <id>', 'id or ref of the opening')
    .requiredOption('--candidate <id>', 'id or ref of the candidate')
    .option('--source <name>', 'where it came from')
    .option('--click-token <token>', 'the click token of the landing address: credits the campaign')
    .option('--applied-at <instant>', 'ISO 8601 with zone; now without it')
  examples(created, ['applications create --job JOB-0001 --candidate CAND-0007 --source careers-page'])
  does(created, async (command) => {
    const { job, candidate, source, clickToken, appliedAt } = command.opts<Record<string, string | undefined>>()
    const body = given({ job, candidate, source, clickToken, appliedAt })
    const made = await cli.api().send<Application>({ method: 'POST', path: '/v1/applications', body })
    cli.out.result(made, () => details(cli.out, made))
  })

  const moved = takesId(applications.command('move').description('move one to another stage'), 'application')
    .argument('[stage]', STAGES.join(', '), oneOf(STAGES))
    .option('--stage <stage>', 'the same, as an option', oneOf(STAGES))
  examples(moved, ['applications move APP-0003 interview'])
  does(moved, async (command) => {
    const id = command.opts<{ id?: string }>().id
    const [first, second] = command.processedArgs as (string | undefined)[]
    // With --id the one positional is the stage.
    const stage = command.opts<{ stage?: string }>().stage ?? second ?? (id ? first : undefined)
    if (!stage) throw new Misuse(`no stage is given: one of ${STAGES.join(', ')}`)
    const path = `/v1/applications/${encodeURIComponent(id ?? idOf(command))}/move`
    const made = await cli.api().send<Application>({ method: 'POST', path, body: { stage } })
    cli.out.result(made, () => `${made.ref} is in ${made.stage}.`)
  })
}

const details = ({ details, format }: Output, application: Application): string =>
  details([
    ['ref', application.ref],
    ['id', application.id],
    ['stage', application.stage],
    ['job', application.jobId],
    ['candidate', application.candidateId],
    ['campaign', application.campaignId],
    ['source', application.source],
    ['applied', format.instant(application.appliedAt)],
  ])
