import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { each, eachOf, given } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { Failure, Misuse } from '../failure.ts'

interface CampaignOptions {
  jobId: string
  platform: string[]
  segment?: string[]
  dailyBudget: string
  currency: string
  start?: string
  end: string
  country?: string[]
  url?: string
  image?: string
  name?: string
  headline?: string
  text?: string
  description?: string
}

export const takesCampaignFields = (command: Command): Command =>
  command
    .requiredOption('--job-id <id>', 'id or ref of the opening')
    .requiredOption('--platform <platform>', 'meta; repeatable, or a comma list', eachOf)
    .requiredOption('--daily-budget <amount>', 'in major units, such as 20.00')
    .requiredOption('--currency <code>', "the ad account's, such as USD")
    .option('--start <date>', 'first day, YYYY-MM-DD; today without it')
    .requiredOption('--end <date>', 'last day, YYYY-MM-DD')
    .option('--segment <segment>', 'id or name of whom to reach, repeatable; everybody without it', each)
    .option('--country <code>', "repeatable, or a comma list; the opening's own without it", eachOf)
    .option('--url <url>', "where candidates apply; the opening's own address without it")
    .option('--image <file>', 'PNG or JPEG, or the id of one that was uploaded')
    .option('--name <name>', "the opening's title without it")
    .option('--text <text>', 'what the ad says; written for you without it')
    .option('--headline <text>', 'goes with --text')
    .option('--description <text>', 'goes with --text')

/** The request body; uploads the image first. Throws Misuse for half an ad text. */
export async function campaignInput(cli: Cli, command: Command): Promise<Record<string, unknown>> {
  const options = command.opts<CampaignOptions>()
  const { text, headline, description } = options
  if (
    [text, headline, description].some((part) => part !== undefined) &&
    (text === undefined || headline === undefined)
  )
    throw new Misuse('an ad of your own needs both --text and --headline')
  return {
    job: options.jobId,
    platforms: options.platform,
    dailyBudget: { amount: options.dailyBudget, currency: options.currency.toUpperCase() },
    end: options.end,
    ...given({
      start: options.start,
      segments: options.segment,
      countries: options.country?.map((code) => code.toUpperCase()),
      url: options.url,
      name: options.name,
      image: options.image && (await imageId(cli, options.image)),
      creative: text === undefined ? undefined : { primaryText: text, headline, ...given({ description }) },
    }),
  }
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
