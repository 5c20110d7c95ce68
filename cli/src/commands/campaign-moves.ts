import type { Command } from 'commander'
import { PLATFORMS } from '#domain/ids.ts'
import { idOf, takesId, wholeNumber } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'
import { startSync, syncAndWait } from '../sync.ts'
import { does, examples } from '../verb.ts'
import { type CampaignInFull, withChannels } from '../views/campaign.ts'
import { demandSuccess, hasSettled, type Move, poll, statusText } from '../wait.ts'

const WAIT_SECONDS = 300
const MOVES: Record<Move, string> = {
  publish: 'create it on its platforms and let it run, or bring it there to its changed terms',
  pause: 'stop it',
  resume: 'let it run again',
  close: 'stop it for good, on every platform',
}

const takesWait = (command: Command, until: string): Command =>
  command
    .option('--wait', until)
    .option('--timeout <seconds>', 'give up waiting after this', wholeNumber(1, 86_400), WAIT_SECONDS)

/** publish, pause, resume and sync: what is done on the platforms. */
export function campaignMoves(campaigns: Command, cli: Cli): void {
  for (const [move, description] of Object.entries(MOVES) as [Move, string][]) {
    const command = takesWait(
      takesId(campaigns.command(move).description(description), 'campaign'),
      'until the platforms have confirmed it, are reviewing it, or refused',
    )
    if (move === 'publish') {
      command.option('--plan <hash>', 'just this plan, as "campaigns plan" names it; refused when anything has changed')
      examples(command, ['campaigns publish CMP-0001 --wait'])
    }
    does(command, () => makeMove(cli, command, move))
  }

  const synced = takesWait(
    campaigns.command('sync').description("fetch the platforms' figures now"),
    'until they are in',
  ).option('--platform <platform>', `whose figures: ${PLATFORMS.join(', ')}`, 'meta')
  does(synced, async (command) => {
    const { platform, wait, timeout } = command.opts<{ platform: string; wait?: boolean; timeout: number }>()
    const sync = wait ? await syncAndWait(cli, platform, timeout) : await startSync(cli, platform)
    cli.out.result(sync, () => {
      if (sync.accounts === 0) return `A sync of ${platform} runs already; its figures come in a moment.`
      const accounts = sync.accounts === 1 ? '1 account' : `${sync.accounts} accounts`
      return wait
        ? `The figures of ${accounts} on ${platform} are in.`
        : `${accounts} on ${platform}: the figures come in a moment.`
    })
  })
}

async function makeMove(cli: Cli, command: Command, move: Move): Promise<void> {
  const path = `/v1/campaigns/${encodeURIComponent(idOf(command))}`
  const { wait, timeout, plan } = command.opts<{ wait?: boolean; timeout: number; plan?: string }>()
  let campaign = withChannels(
    await cli.api().send<CampaignInFull>({ method: 'POST', path: `${path}/${move}`, body: { ...(plan && { plan }) } }),
  )
  if (wait) {
    let told = ''
    const tell = (): void => {
      const news = statusText(campaign)
      if (news !== told) cli.out.note(cli.out.style('dim', `${campaign.ref} ${news}`))
      told = news
    }
    tell()
    campaign = await poll(
      cli,
      timeout,
      async () => {
        campaign = withChannels(await cli.api().send<CampaignInFull>({ path }))
        tell()
        return campaign
      },
      (seen) => hasSettled(move, seen),
      (seen) =>
        new Failure(`${seen.ref} is still ${statusText(seen)} after ${timeout} s`, {
          remedy: `It goes on by itself: adflux campaigns view ${seen.ref}`,
        }),
    )
  }
  cli.out.result(campaign, () => `${campaign.ref} is ${statusText(campaign)}.`)
  if (wait) demandSuccess(move, campaign)
}
