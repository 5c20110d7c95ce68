import type { Command } from 'commander'
import type { Connection } from '#domain/connection.ts'
import { given, pair } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { Failure, Misuse } from '../failure.ts'
import { readSecret } from '../inputs/read-json.ts'
import type { Output } from '../output.ts'
import { list } from '../page.ts'
import { does, examples } from '../verb.ts'

interface AddOptions {
  platform?: string
  accountId: string
  pageId?: string
  pixelId?: string
  beneficiary?: string
  payor?: string
  setting?: Record<string, string>
  tokenStdin?: boolean
}

export function connectionsCommands(program: Command, cli: Cli): void {
  const connections = program.command('connections').description('ad accounts; their tokens are never shown again')
  const at = (platform: string): string => `/v1/connections/${encodeURIComponent(platform)}`

  const added = takesPlatform(
    connections
      .command('add')
      .description('connect an ad account, or give it a new token; it is checked before it is kept'),
  )
    .requiredOption('--account-id <id>', 'such as act_1234567890')
    .option('--token-stdin', 'read the token from stdin; without it from ADFLUX_PLATFORM_TOKEN')
    .option('--page-id <id>', 'Meta: the page that speaks')
    .option('--pixel-id <id>', 'Meta: the pixel that counts applications')
    .option('--beneficiary <name>', 'who benefits, where the EU asks for it')
    .option('--payor <name>', 'who pays, where the EU asks for it')
    .option('--setting <name=value>', 'any other setting of the platform, repeatable', pair)
  examples(added, [
    'connections add meta --account-id act_1234567890 --page-id 111 --pixel-id 222 --token-stdin < token.txt',
  ])
  does(added, async (command) => {
    const { accountId, pageId, pixelId, beneficiary, payor, setting, tokenStdin } = command.opts<AddOptions>()
    const token = tokenStdin ? await readSecret(cli.io) : cli.io.env.ADFLUX_PLATFORM_TOKEN
    if (!token)
      throw new Failure('There is no token', {
        remedy:
          'Pipe it in with --token-stdin, or set ADFLUX_PLATFORM_TOKEN; an argument would end in the history of your shell',
      })
    const settings = { ...setting, ...given({ pageId, pixelId, beneficiary, payor }) }
    const body = { accountId, token, settings }
    const connection = await cli.api().send<Connection>({ method: 'PUT', path: at(platformOf(command)), body })
    cli.out.result(connection, () => details(cli.out, connection))
  })

  does(connections.command('list').description('all ad accounts'), async (command) => {
    await list<Connection>(cli, command, {
      path: '/v1/connections',
      nothing: 'No ad account is connected. Connect one with "adflux connections add".',
      columns: [
        { head: 'PLATFORM', of: (c) => c.platform },
        { head: 'ACCOUNT', of: (c) => c.accountId },
        { head: 'NAME', of: (c) => c.accountName, wide: true },
        { head: 'BILLS IN', of: (c) => c.currency },
        { head: 'TIME ZONE', of: (c) => c.timeZone },
        { head: 'STATUS', of: (c) => c.status },
        { head: 'LAST ERROR', of: (c) => c.lastError, wide: true },
      ],
    })
  })

  does(
    takesPlatform(connections.command('check').description('ask the platform whether it works')),
    async (command) => {
      const path = `${at(platformOf(command))}/check`
      const connection = await cli.api().send<Connection>({ method: 'POST', path, body: {} })
      cli.out.result(connection, () => details(cli.out, connection))
      if (connection.status === 'failing')
        throw new Failure(
          `${connection.platform} refuses the connection: ${connection.lastError ?? 'no reason was given'}`,
          {
            remedy: `Give it a new token: adflux connections add ${connection.platform} --account-id ${connection.accountId} --token-stdin`,
          },
        )
    },
  )
}

const takesPlatform = (command: Command): Command =>
  command.argument('[platform]', 'such as meta').option('--platform <platform>', 'the same, as an option')

function platformOf(command: Command): string {
  const [positional] = command.processedArgs as (string | undefined)[]
  const platform = positional ?? command.opts<{ platform?: string }>().platform
  if (platform) return platform
  throw new Misuse('no platform is given, such as meta')
}

const details = ({ details, format }: Output, connection: Connection): string =>
  details([
    ['platform', connection.platform],
    ['account', `${connection.accountId} ${connection.accountName}`],
    ['bills in', connection.currency],
    ['time zone', connection.timeZone],
    ['token', `…${connection.tokenLast4}`],
    ...Object.entries(connection.settings).map(([name, value]) => [name, value] as const),
    ['status', connection.status],
    ['checked', format.instant(connection.checkedAt)],
    ['last error', connection.lastError],
  ])
