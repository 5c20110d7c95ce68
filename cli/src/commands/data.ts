import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import type { Page } from '../page.ts'
import { does } from '../verb.ts'
import { dataSeed } from './data-seed.ts'

const KINDS = ['jobs', 'candidates', 'applications', 'campaigns', 'segments', 'feeds', 'connections'] as const
/** The largest page: a count beyond it is told as "more than". */
const COUNTED = 200

interface Count {
  count: number
  /** False where there are more than one page holds. */
  exact: boolean
}

export function dataCommands(program: Command, cli: Cli): void {
  const data = program.command('data').description('an organisation to begin with')

  does(
    data.command('create').description('make sure that the organisation is there, and tell what it holds'),
    async () => {
      const { org, role } = await cli.api().send<{ org: string; role: string | null }>({ path: '/v1/me' })
      const counts = await Promise.all(KINDS.map(async (kind) => [kind, await countOf(cli, kind)] as const))
      const document = { org, role, ready: true, ...Object.fromEntries(counts) }
      cli.out.result(document, () => {
        const told = counts.map(([kind, { count, exact }]) => [kind, exact ? count : `more than ${count}`] as const)
        return cli.out.details([['organisation', org], ...told])
      })
    },
  )

  dataSeed(data, cli)
}

async function countOf(cli: Cli, kind: string): Promise<Count> {
  const page = await cli.api().send<Page<unknown>>({ path: `/v1/${kind}`, query: { limit: COUNTED } })
  return { count: page.items.length, exact: (page.next ?? null) === null }
}
