import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { PLATFORMS } from '#domain/ids.ts'
import { each, eachOf, given, wholeNumber } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { Failure, Misuse } from '../failure.ts'

interface TermsOptions {
  segment?: string[]
  dailyBudget?: string
  currency?: string
  split?: Record<string, number>
  start?: string
  end?: string
  country?: string[]
  url?: string
  image?: string
  name?: string
  headline?: string
  text?: string
  description?: string
}
interface CampaignOptions extends TermsOptions {
  jobId: string
  platform: string[]
}

export const takesCampaignFields = (command: Command): Command =>
  takesTerms(
    command
      .requiredOption('--job-id <id>', 'id or ref of the opening')
      .requiredOption('--platform <platform>', `${PLATFORMS.join(', ')}; repeatable, or a comma list`, eachOf)
      .requiredOption('--daily-budget <amount>', 'of all platforms together, in major units, such as 20.00')
      .requiredOption('--currency <code>', "the ad accounts', such as USD")
      .requiredOption('--end <date>', 'last day, YYYY-MM-DD'),
  )

export const takesChangedTerms = (command: Command): Command =>
  takesTerms(
    command
      .option('--daily-budget <amount>', 'of all platforms together, in major units, such as 20.00')
      .option('--currency <code>', 'goes with --daily-budget')
      .option('--end <date>', 'last day, YYYY-MM-DD'),
  )

const takesTerms = (command: Command): Command =>
  command
    .option('--split <platform=weight>', 'how the budget is shared, repeatable; evenly without it', weight)
    .option('--start <date>', 'first day, YYYY-MM-DD; today without it')
    .option('--segment <segment>', 'id or name of whom to reach, repeatable; everybody without it', each)
    .option('--country <code>', "repeatable, or a comma list; the opening's own without it", eachOf)
    .option('--url <url>', "where candidates apply; the opening's own address without it")
    .option('--image <file>', 'PNG or JPEG, or the id of one that was uploaded')
    .option('--name <name>', "the opening's title without it")
    .option('--text <text>', 'what the ad says; written for you without it')
    .option('--headline <text>', 'goes with --text')
    .option('--description <text>', 'goes with --text')

/** "meta=3": the platform is judged by the API. */
function weight(text: string, before: Record<string, number> = {}): Record<string, number> {
  const [platform = '', value = ''] = text.split('=')
  return { ...before, [platform.trim()]: wholeNumber(1, 1000)(value) }
}

/** The request body; uploads the image first. Throws Misuse for half an ad text. */
export async function campaignInput(cli: Cli, command: Command): Promise<Record<string, unknown>> {
  const { jobId, platform } = command.opts<CampaignOptions>()
  return { job: jobId, platforms: platform, ...(await changedTerms(cli, command)) }
}

/** What was given of a campaign's terms; uploads the image first. Throws Misuse for half an ad text or half a budget. */
export async function changedTerms(cli: Cli, command: Command): Promise<Record<string, unknown>> {
  const options = command.opts<TermsOptions>()
  const { text, headline, description, dailyBudget, currency } = options
  if ((dailyBudget === undefined) !== (currency === undefined))
    throw new Misuse('a budget needs both --daily-budget and --currency')
  if (
    [text, headline, description].some((part) => part !== undefined) &&
    (text === undefined || headline === undefined)
  )
    throw new Misuse('an ad of your own needs both --text and --headline')
  return given({
    dailyBudget: dailyBudget === undefined ? undefined : { amount: dailyBudget, currency: currency?.toUpperCase() },
    split: options.split,
    start: options.start,
    end: options.end,
    segments: options.segment,
    countries: options.country?.map((code) => code.toUpperCase()),
    url: options.url,
    name: options.name,
    image: options.image && (await imageId(cli, options.image)),
    creative: text === undefined ? undefined : { primaryText: text, headline, ...given({ description }) },
  })
}

const TYPES: Record<string, string> = { '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg' }

async function imageId(cli: Cli, fileOrId: string): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(fileOrId)) return fileOrId
  const type = TYPES[extname(fileOrId).toLowerCase()]
  if (!type) throw new Failure(`${fileOrId} is no .png, .jpg or .jpeg`, { remedy: 'Convert it first' })
  const bytes = await readFile(resolve(cli.io.cwd, fileOrId)).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${fileOrId} ${error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code})`}`)
  })
  const headers = { 'content-type': type }
  const image = await cli.api().send<{ id: string }>({ method: 'POST', path: '/v1/images', body: bytes, headers })
  return image.id
}
