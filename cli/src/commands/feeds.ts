import type { Command } from 'commander'
import { FEED_FORMATS, type Feed } from '#domain/feed.ts'
import { given, idOf, oneOf, takesId, wholeNumber } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import type { ImportAnswer } from '../imports/answer.ts'
import { reportImport } from '../imports/report.ts'
import { readSecret } from '../inputs/read-json.ts'
import type { Output } from '../output.ts'
import { list, takesPage } from '../page.ts'
import { does, examples } from '../verb.ts'

type AddedFeed = Feed & {
  webhookUrl?: string
  /** Told once, where the server made it. */
  webhookSecret?: string | null
}

export function feedsCommands(program: Command, cli: Cli): void {
  const feeds = program.command('feeds').description('job boards that are pulled, and vendors that call us')
  const at = (command: Command): string => `/v1/feeds/${encodeURIComponent(idOf(command))}`
  const { format } = cli.out

  const added = feeds
    .command('add')
    .description('a board or XML feed to pull, or a vendor whose webhooks are accepted')
    .requiredOption('--name <name>')
    .requiredOption('--format <format>', FEED_FORMATS.join(', '), oneOf(FEED_FORMATS))
    .option('--url <url>', 'where to pull; none for webhooks alone')
    .option('--every <minutes>', 'between pulls', wholeNumber(5, 10_080))
    .option('--webhook-secret-stdin', 'the vendor signs with the secret on stdin (or in ADFLUX_WEBHOOK_SECRET)')
  examples(added, [
    'feeds add --name "Acme careers" --format greenhouse --url https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true',
    'feeds add --name Lever --format lever --webhook-secret-stdin < secret.txt',
  ])
  does(added, async (command) => {
    const options = command.opts<{
      name: string
      format: string
      url?: string
      every?: number
      webhookSecretStdin?: boolean
    }>()
    const secret = options.webhookSecretStdin ? await readSecret(cli.io) : cli.io.env.ADFLUX_WEBHOOK_SECRET
    const body = given({
      name: options.name,
      format: options.format,
      url: options.url,
      everyMinutes: options.every,
      webhookSecret: secret || undefined,
    })
    const feed = await cli.api().send<AddedFeed>({ method: 'POST', path: '/v1/feeds', body })
    cli.out.result(feed, () => details(cli.out, feed))
  })

  does(takesPage(feeds.command('list').description('all feeds and their health')), async (command) => {
    await list<Feed>(cli, command, {
      path: '/v1/feeds',
      nothing: 'No feeds. Add one with "adflux feeds add".',
      columns: [
        { head: 'ID', of: (f) => f.id },
        { head: 'NAME', of: (f) => f.name, wide: true },
        { head: 'FORMAT', of: (f) => f.format },
        { head: 'EVERY', of: (f) => (f.url ? `${f.everyMinutes} min` : 'pushed') },
        { head: 'LAST GOOD', of: (f) => format.instant(f.health.lastSuccessAt) },
        { head: 'JOBS', of: (f) => format.integer(taken(f.health.counts)), align: 'right' },
        { head: 'LAST ERROR', of: (f) => f.health.lastError, wide: true },
      ],
    })
  })

  does(takesId(feeds.command('view').description('one feed'), 'feed'), async (command) => {
    const feed = await cli.api().send<AddedFeed>({ path: at(command) })
    cli.out.result(feed, () => details(cli.out, feed))
  })

  const pulled = takesId(feeds.command('pull').description('fetch it now'), 'feed')
  does(pulled.option('--close-absent', 'openings that it misses are gone indeed'), async (command) => {
    const { closeAbsent } = command.opts<{ closeAbsent?: boolean }>()
    const body = closeAbsent ? { closeAbsent } : {}
    const request = { method: 'POST', path: `${at(command)}/pull`, body, timeoutMs: 300_000 } as const
    reportImport(cli, await cli.api().send<ImportAnswer>(request))
  })

  does(takesId(feeds.command('remove').description('pull it no more; its jobs stay'), 'feed'), async (command) => {
    const id = idOf(command)
    await cli.api().send({ method: 'DELETE', path: at(command) })
    cli.out.result({ id, removed: true }, () => `${id} is removed.`)
  })
}

function secretText({ webhookSecret, webhookSecretLast4 }: AddedFeed): string | null {
  if (webhookSecret) return `${webhookSecret} (keep it: it is shown this once)`
  return webhookSecretLast4 ? `…${webhookSecretLast4}` : null
}

const details = ({ details, format }: Output, feed: AddedFeed): string =>
  details([
    ['id', feed.id],
    ['name', feed.name],
    ['format', feed.format],
    ['pulled from', feed.url],
    ['every', feed.url ? `${feed.everyMinutes} minutes` : null],
    ['webhook address', feed.webhookUrl],
    ['webhook secret', secretText(feed)],
    ['last attempt', format.instant(feed.health?.lastAttemptAt)],
    ['last success', format.instant(feed.health?.lastSuccessAt)],
    ['last error', feed.health?.lastError],
    ['next pull', format.instant(feed.nextPullAt)],
  ])

/** Openings that the last reading found and took. */
const taken = (counts: Feed['health']['counts']): number | undefined =>
  counts ? counts.received - counts.rejected - counts.merged : undefined
