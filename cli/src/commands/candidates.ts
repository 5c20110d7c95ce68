import type { Command } from 'commander'
import type { Candidate, ContactDetails } from '#domain/candidate.ts'
import { idOf, pair, takesId } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { importCandidates } from '../imports/import-candidates.ts'
import { reportImport } from '../imports/report.ts'
import { candidateInput, takesCandidateFields } from '../inputs/candidate-input.ts'
import { placeText } from '../inputs/place.ts'
import type { Column, Output } from '../output.ts'
import { list, takesPage } from '../page.ts'
import { does, examples } from '../verb.ts'

const COLUMNS: Column<Candidate>[] = [
  { head: 'REF', of: (c) => c.ref },
  { head: 'POSITION', of: (c) => c.desiredPosition, wide: true },
  { head: 'PLACE', of: (c) => placeText(c.place), wide: true },
  { head: 'YEARS', of: (c) => c.yearsExperience, align: 'right' },
  { head: 'EDUCATION', of: (c) => c.educationLevel },
  { head: 'SKILL', of: (c) => c.primarySkill ?? c.skills[0], wide: true },
  { head: 'SEGMENT', of: (c) => c.membership?.segment },
]

export function candidatesCommands(program: Command, cli: Cli): void {
  const candidates = program.command('candidates').description('people: profiles apart from names and addresses')
  const at = (id: string): string => `/v1/candidates/${encodeURIComponent(id)}`

  const listed = takesPage(candidates.command('list').description('all candidates'))
  does(listed.option('--segment <id>', 'those of one segment'), async (command) => {
    const { segment } = command.opts<{ segment?: string }>()
    const nothing = 'No candidates. Import some with "adflux candidates import <file>".'
    await list(cli, command, { path: '/v1/candidates', columns: COLUMNS, nothing, query: { segment } })
  })

  const viewed = takesId(candidates.command('view').description('one candidate'), 'candidate')
  does(viewed.option('--contact', 'with name, mail and phone; the reading is logged'), async (command) => {
    const id = idOf(command)
    const candidate = await cli.api().send<Candidate>({ path: at(id) })
    const { contact: wanted } = command.opts<{ contact?: boolean }>()
    const contact = wanted ? await cli.api().send<ContactDetails>({ path: `${at(id)}/contact` }) : undefined
    cli.out.result(contact ? { ...candidate, contact } : candidate, () => details(cli.out, candidate, contact))
  })

  const created = takesCandidateFields(candidates.command('create').description('add one candidate'))
  examples(created, [
    'candidates create --name "Ana Ruiz" --email ana@example.com --city Medellín --country CO --years 4 --skill SQL --skill Python',
  ])
  does(created, async (command) => {
    const body = await candidateInput(cli.io, command)
    const candidate = await cli.api().send<Candidate>({ method: 'POST', path: '/v1/candidates', body })
    cli.out.result(candidate, () => details(cli.out, candidate))
  })

  const imported = candidates
    .command('import')
    .description('add many, from JSON, NDJSON or CSV, compressed or not; empty cells are unknown')
    .argument('<file>', 'a file, or - for stdin')
    .option(
      '--map <column=field>',
      'what a column holds ("Pay=desiredSalary:USD:YEAR"; "Notes=" leaves it out), repeatable',
      pair,
    )
    .option('--currency <code>', "of the mapped salary column; the organisation's without it")
    .option('--source <source>', 'whose ids these are; import without it')
  examples(imported, [
    'candidates import people.csv --map "Years=yearsExperience" --map "Pay=desiredSalary:MONTH" --currency COP',
  ])
  does(imported, async (command) => {
    const [file = ''] = command.processedArgs as string[]
    reportImport(cli, await importCandidates(cli, file, command.opts()))
  })

  does(candidates.command('segment').description('assign every candidate with the current model'), async () => {
    const path = '/v1/candidates/segment'
    const sums = await cli.api().send<{ assigned: number; changed: number }>({ method: 'POST', path, body: {} })
    const { integer } = cli.out.format
    cli.out.result(sums, () => `${integer(sums.assigned)} assigned, ${integer(sums.changed)} of them anew.`)
  })
}

function details({ details, format }: Output, candidate: Candidate, contact?: ContactDetails): string {
  const { desiredSalary: salary, membership } = candidate
  return details([
    ['ref', candidate.ref],
    ['id', candidate.id],
    ...(contact
      ? ([
          ['name', contact.name],
          ['mail', contact.email],
          ['phone', contact.phone],
        ] as const)
      : []),
    ['position', candidate.desiredPosition],
    ['place', placeText(candidate.place)],
    ['years', candidate.yearsExperience],
    ['education', candidate.educationLevel],
    ['skills', [...new Set([candidate.primarySkill, ...candidate.skills])].filter(Boolean).join(', ')],
    ['wants', salary ? `${format.money(salary)} a ${salary.period.toLowerCase()}` : null],
    ['languages', candidate.languages.join(', ')],
    ['availability', candidate.availability],
    ['segment', membership ? `${membership.segment} (distance ${format.decimal(membership.distance)})` : null],
    ['consents', candidate.consents.join(', ')],
    ['source', candidate.externalId ? `${candidate.source} / ${candidate.externalId}` : candidate.source],
    ['changed', format.instant(candidate.updatedAt)],
  ])
}
