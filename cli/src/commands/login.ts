import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Command } from 'commander'
import { z } from 'zod'
import type { Cli } from '../cli.ts'
import { Failure, Misuse } from '../failure.ts'
import { readSecret } from '../inputs/read-json.ts'
import { localProfilePath, profilePath, saveProfile } from '../profile.ts'
import { does, examples } from '../verb.ts'

const Session = z.object({ access_token: z.string(), token_type: z.string(), expires_in: z.number() })

export function loginCommand(program: Command, cli: Cli): void {
  const command = program
    .command('login')
    .description('sign in as a person, for an hour')
    .requiredOption('--username <mail>')
    .option('--password-stdin', 'read the password from stdin; without it from ADFLUX_PASSWORD, or it is asked for')
    .option('--save-as <name>', 'keep it as this profile', 'profile')
  examples(command, [
    'login --username ana@example.com',
    'login --username ana@example.com --save-as ana && adflux jobs list --profile ana',
  ])
  does(command, async () => {
    const { username, passwordStdin, saveAs } = command.opts<{
      username: string
      passwordStdin?: boolean
      saveAs: string
    }>()
    const { apiUrl, ingestUrl, consoleUrl, users } = cli.profile()
    const password = passwordStdin
      ? await readSecret(cli.io)
      : (cli.io.env.ADFLUX_PASSWORD ?? users?.find((u) => u.email === username)?.password ?? (await ask(cli)))
    const body = { username, password }
    const answer = await cli.clientOf(apiUrl, undefined).send({ method: 'POST', path: '/auth/login', body })
    const session = Session.safeParse(answer)
    if (!session.success) throw new Failure(`${apiUrl} does not sign in like AdFlux`, { remedy: 'Check the address' })
    const expiresAt = new Date(Date.now() + session.data.expires_in * 1000).toISOString()
    const file = profilePath(cli.io, saveAs)
    saveProfile(file, {
      apiUrl,
      ...(ingestUrl && { ingestUrl }),
      ...(consoleUrl && { consoleUrl }),
      apiKey: session.data.access_token,
      expiresAt,
    })
    cli.out.result(
      { username, apiUrl, expiresAt, profile: file },
      () => `Signed in as ${username} until ${cli.out.format.instant(expiresAt)}.`,
    )
    if (saveAs !== 'profile' || localProfilePath(cli.io.cwd) || cli.io.env.ADFLUX_API_URL)
      cli.out.note(`Use it with --profile ${saveAs}, or ADFLUX_PROFILE=${saveAs}.`)
  })
}

async function ask({ io }: Cli): Promise<string> {
  if (!io.stdin.isTTY || !io.stderr.isTTY)
    throw new Misuse('no password is given: --password-stdin, or ADFLUX_PASSWORD')
  io.stderr.write('Password: ')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const prompt = createInterface({ input: io.stdin, output: silent, terminal: true })
  try {
    return await prompt.question('')
  } finally {
    prompt.close()
    io.stderr.write('\n')
  }
}
