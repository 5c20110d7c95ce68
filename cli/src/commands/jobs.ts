import type { Command } from 'commander'
import { FEED_FORMATS } from '#domain/feed.ts'
import type { Job } from '#domain/job.ts'
import { idOf, oneOf, takesId } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { importJobs } from '../imports/import-jobs.ts'
import { reportImport } from '../imports/report.ts'
import { jobInput, takesJobFields } from '../inputs/job-input.ts'
import { placeText } from '../inputs/place.ts'
import type { Column, Output } from '../output.ts'
import { list, takesPage } from '../page.ts'
import { does, examples } from '../verb.ts'

const COLUMNS: Column<Job>[] = [
  { head: 'REF', of: (job) => job.ref },
  { head: 'STATUS', of: (job) => job.status },
  { head: 'TITLE', of: (job) => job.title, wide: true },
  { head: 'COMPANY', of: (job) => job.company, wide: true },
  { head: 'PLACE', of: (job) => placeText(job.places[0]), wide: true },
  { head: 'SOURCE', of: (job) => job.source },
  { head: 'CAMPAIGNS', of: (job) => job.totals?.campaigns, align: 'right' },
]

export function jobsCommands(program: Command, cli: Cli): void {
  const jobs = program.command('jobs').description('openings: what your ATS pushed, and what you wrote yourself')
  const at = (id: string): string => `/v1/jobs/${encodeURIComponent(id)}`

  const listed = takesPage(jobs.command('list').description('all openings, newest first'))
    .option('--status <status>', 'open or closed', oneOf(['open', 'closed']))
    .option('--company <name>', 'of one company')
    .option('--source <source>', 'of one feed, or manual, or push')
  does(listed, async (command) => {
    const { status, company, source } = command.opts<{ status?: string; company?: string; source?: string }>()
    const nothing = 'No openings. Push some with "adflux jobs import <file>".'
    await list(cli, command, { path: '/v1/jobs', columns: COLUMNS, nothing, query: { status, company, source } })
  })

  does(takesId(jobs.command('view').description('one opening'), 'opening'), async (command) => {
    const job = await cli.api().send<Job>({ path: at(idOf(command)) })
    cli.out.result(job, () => details(cli.out, job))
  })

  const created = takesJobFields(jobs.command('create').description('write an opening by hand'))
  examples(created, [
    'jobs create --title "Data engineer" --company Acme --city Bogotá --country CO --apply-url https://acme.example/jobs/7',
    'jobs create --file job.json',
  ])
  does(created, async (command) => {
    const job = await cli.api().send<Job>({ method: 'POST', path: '/v1/jobs', body: await jobInput(cli.io, command) })
    cli.out.result(job, () => details(cli.out, job))
  })

  const imported = jobs
    .command('import')
    .description('push a file as an ATS would: JSON, NDJSON, CSV, XML or RSS, compressed or not')
    .argument('<file>', 'a file, or - for stdin')
    .option(
      '--format <format>',
      `what wrote it, where that is not found by itself: ${FEED_FORMATS.join(', ')}`,
      oneOf(FEED_FORMATS),
    )
    .option('--source <source>', 'feed (id or name) that its ids belong to; push without it')
  examples(imported, ['jobs import openings.csv.gz', 'jobs import board.json --format greenhouse --source careers'])
  does(imported, async (command) => {
    const [file = ''] = command.processedArgs as string[]
    reportImport(cli, await importJobs(cli, file, command.opts()))
  })

  const closed = takesId(jobs.command('close').description('close an opening: its ads pause'), 'opening')
  does(closed.option('--reason <reason>', 'why; "filled" is kept as such'), async (command) => {
    const { reason } = command.opts<{ reason?: string }>()
    const path = `${at(idOf(command))}/close`
    const job = await cli.api().send<Job>({ method: 'POST', path, body: reason ? { reason } : {} })
    cli.out.result(job, () => `${job.ref} is ${job.status}.`)
  })

  const reopened = takesId(jobs.command('reopen').description('open it again; its ads stay paused'), 'opening')
  does(reopened.option('--closes-on <date>', 'a new last day to apply, YYYY-MM-DD'), async (command) => {
    const { closesOn } = command.opts<{ closesOn?: string }>()
    const path = `${at(idOf(command))}/reopen`
    const job = await cli.api().send<Job>({ method: 'POST', path, body: closesOn ? { closesOn } : {} })
    cli.out.result(job, () => `${job.ref} is ${job.status}.`)
  })
}

function details({ details, format }: Output, job: Job): string {
  const { salary } = job
  const end = (minor: number | null): string =>
    format.money(minor === null || !salary ? null : { minor, currency: salary.currency })
  return details([
    ['ref', job.ref],
    ['id', job.id],
    ['title', job.title],
    ['company', job.company],
    ['status', job.closedReason ? `${job.status} (${job.closedReason})` : job.status],
    ['places', job.places.map(placeText).join(' · ')],
    ['remote', job.remote],
    ['employment', job.employmentType],
    ['salary', salary ? `${end(salary.minMinor)} to ${end(salary.maxMinor)} a ${salary.period.toLowerCase()}` : null],
    ['skills', job.skills.join(', ')],
    ['apply at', job.applyUrl],
    ['closes on', job.closesOn],
    ['source', `${job.source} / ${job.externalId}`],
    ['posted', format.instant(job.postedAt)],
    ['changed', format.instant(job.updatedAt)],
    ['campaigns', format.integer(job.totals?.campaigns)],
    ['applications', format.integer(job.totals?.applications)],
  ])
}
