import type { Command } from 'commander'
import { CAMPAIGN_STATUSES, type Campaign } from '#domain/campaign.ts'
import { idOf, oneOf, takesId } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { Misuse } from '../failure.ts'
import { campaignInput, changedTerms, takesCampaignFields, takesChangedTerms } from '../inputs/campaign-input.ts'
import type { Column } from '../output.ts'
import { list, takesPage } from '../page.ts'
import { does, examples } from '../verb.ts'
import { type CampaignInFull, campaignDetails, withChannels } from '../views/campaign.ts'
import { type Metrics, metricsText } from '../views/metrics.ts'
import { type Plan, planText } from '../views/plan.ts'
import { campaignMoves } from './campaign-moves.ts'

export function campaignsCommands(program: Command, cli: Cli): void {
  const campaigns = program.command('campaigns').description('ads: made, published, paused, measured')
  const at = (command: Command): string => `/v1/campaigns/${encodeURIComponent(idOf(command))}`
  const { format } = cli.out

  const listed = takesPage(campaigns.command('list').description('all campaigns'))
    .option('--status <status>', CAMPAIGN_STATUSES.join(', '), upper(CAMPAIGN_STATUSES))
    .option('--job <id>', 'of one opening')
  does(listed, async (command) => {
    const { status, job } = command.opts<{ status?: string; job?: string }>()
    const columns: Column<Campaign>[] = [
      { head: 'REF', of: (c) => c.ref },
      { head: 'STATUS', of: (c) => c.status },
      { head: 'NAME', of: (c) => c.name, wide: true },
      { head: 'JOB', of: (c) => c.jobRef },
      { head: 'PLATFORMS', of: (c) => c.platforms.join(', ') },
      { head: 'A DAY', of: (c) => format.money(c.dailyBudget), align: 'right' },
      { head: 'UNTIL', of: (c) => c.endsOn },
      { head: 'SPENT', of: (c) => format.micros(c.totals?.spendMicros, c.dailyBudget.currency), align: 'right' },
      { head: 'CLICKS', of: (c) => format.integer(c.totals?.clicks), align: 'right' },
    ]
    const nothing = 'No campaigns. Make one with "adflux campaigns create".'
    await list(cli, command, { path: '/v1/campaigns', columns, nothing, query: { status, job } })
  })

  does(takesId(campaigns.command('view').description('one campaign and its channels'), 'campaign'), async (command) => {
    const campaign = withChannels(await cli.api().send<CampaignInFull>({ path: at(command) }))
    cli.out.result(campaign, () => campaignDetails(cli.out, campaign))
  })

  const created = takesCampaignFields(campaigns.command('create').description('make a draft; nothing is spent yet'))
  examples(created, [
    'campaigns create --job-id JOB-0001 --platform meta --daily-budget 20.00 --currency USD \\\n      --start 2026-12-01 --end 2026-12-15 --segment "Data & SQL, Bogotá" --country CO --image ad.png',
  ])
  does(created, async (command) => {
    const body = await campaignInput(cli, command)
    const campaign = await cli.api().send<Campaign>({ method: 'POST', path: '/v1/campaigns', body })
    cli.out.result(campaign, () => campaignDetails(cli.out, { ...campaign, channels: [] }))
    cli.out.note(`Next: adflux campaigns plan ${campaign.ref}, then adflux campaigns publish ${campaign.ref} --wait`)
  })

  does(
    takesId(
      campaigns.command('plan').description('what publishing would create, change and remove, and whom it reaches'),
      'campaign',
    ),
    async (command) => {
      const plan = await cli.api().send<Plan>({ path: `${at(command)}/plan` })
      cli.out.result(plan, () => planText(cli.out, plan))
    },
  )

  const edited = takesChangedTerms(
    takesId(
      campaigns.command('edit').description('change its terms; what runs changes when it is published'),
      'campaign',
    ),
  )
  examples(edited, ['campaigns edit CMP-0001 --daily-budget 30.00 --currency USD'])
  does(edited, async (command) => {
    const body = await changedTerms(cli, command)
    if (Object.keys(body).length === 0) throw new Misuse('nothing to change is given')
    const campaign = await cli.api().send<Campaign>({ method: 'PATCH', path: at(command), body })
    cli.out.result(campaign, () => campaignDetails(cli.out, { ...campaign, channels: [] }))
    if (campaign.pending)
      cli.out.note(`Next: adflux campaigns plan ${campaign.ref}, then adflux campaigns publish ${campaign.ref} --wait`)
  })

  campaignMoves(campaigns, cli)

  const measured = takesId(campaigns.command('metrics').description('what it delivered, day by day'), 'campaign')
    .option('--since <date>', 'first day, YYYY-MM-DD')
    .option('--until <date>', 'last day, YYYY-MM-DD')
  does(measured, async (command) => {
    const { since, until } = command.opts<{ since?: string; until?: string }>()
    const metrics = await cli.api().send<Metrics>({ path: `${at(command)}/metrics`, query: { since, until } })
    cli.out.result(metrics, () => metricsText(cli.out, metrics))
  })
}

const upper = <const T extends string>(choices: readonly T[]): ((text: string) => T) => {
  const choose = oneOf(choices)
  return (text) => choose(text.toUpperCase())
}
