import type { Connection } from '#domain/connection.ts'
import type { Cli } from './cli.ts'
import type { Answer } from './client.ts'
import { Failure } from './failure.ts'
import type { Page } from './page.ts'
import { isExposed, type Profile } from './profile.ts'

export interface Check {
  name: string
  state: 'ok' | 'failed' | 'skipped'
  detail: string
  /** What mends it. */
  fix: string | null
}

const NODE = 24
const MOST_SKEW_S = 120
const QUICK = { tries: 1, timeoutMs: 10_000 } as const

const ok = (name: string, detail: string): Check => ({ name, state: 'ok', detail, fix: null })
const failed = (name: string, detail: string, fix: string): Check => ({ name, state: 'failed', detail, fix })
const skipped = (name: string, detail: string): Check => ({ name, state: 'skipped', detail, fix: null })
const broken = (name: string, error: unknown): Check => {
  if (!(error instanceof Failure)) throw error
  return failed(name, error.message, error.details.remedy ?? 'See "adflux doctor --verbose"')
}

interface Health {
  status: string
  checks: Record<string, string>
}

/** From the machine outwards; what cannot be asked because an earlier check failed is skipped. */
export async function runChecks(cli: Cli): Promise<Check[]> {
  const checks = [nodeCheck()]
  let profile: Profile
  try {
    profile = cli.profile()
  } catch (error) {
    return [...checks, broken('profile', error), skipped('api', 'without a profile')]
  }
  checks.push(profileCheck(profile))
  try {
    const health = await cli
      .clientOf(profile.apiUrl, undefined)
      .exchange<Health>({ path: '/healthz', accept: [503], ...QUICK })
    checks.push(ok('api', `${profile.apiUrl} answers`), clockCheck(health), ...healthChecks(health.body))
  } catch (error) {
    return [
      ...checks,
      broken('api', error),
      skipped('key', 'without the API'),
      skipped('connections', 'without the API'),
    ]
  }
  return [...checks, await ingestCheck(cli, profile), ...(await accountChecks(cli))]
}

const nodeCheck = (): Check =>
  Number.parseInt(process.versions.node, 10) >= NODE
    ? ok('node', `Node ${process.versions.node}`)
    : failed('node', `this is Node ${process.versions.node}`, `Run "npm ci", which brings Node ${NODE}`)

function profileCheck({ from, file, apiUrl }: Profile): Check {
  if (file && isExposed(file)) return failed('profile', `${file} can be read by others`, `chmod 600 ${file}`)
  const { protocol, hostname } = new URL(apiUrl)
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  if (protocol === 'http:' && !isLocal)
    return failed('profile', `${apiUrl} is not encrypted: the key can be read on the way`, 'Use its https:// address')
  return ok('profile', from)
}

function clockCheck({ headers }: Answer<Health>): Check {
  const theirs = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return skipped('clock', 'the server tells no time')
  const skew = Math.round(Math.abs(Date.now() - theirs) / 1000)
  return skew <= MOST_SKEW_S
    ? ok('clock', `${skew} s from the server's`)
    : failed(
        'clock',
        `it is ${skew} s from the server's: tokens will be refused`,
        'Set the clock of this machine (NTP)',
      )
}

const FIXES: Record<string, string> = {
  firestore: 'Is Firestore there? Locally: restart "npm start"',
  pubsub: 'Is Pub/Sub there? Locally: restart "npm start"',
  tasks: 'Is Cloud Tasks there, with its queues? Locally: restart "npm start"',
  scheduler: 'Is Cloud Scheduler there? Locally: restart "npm start"',
  secrets: 'Is Secret Manager there, and may the function read it? Locally: restart "npm start"',
}

const healthChecks = (health: Health | null): Check[] =>
  Object.entries(health?.checks ?? {}).map(([name, answer]) =>
    answer === 'ok' ? ok(name, 'answers') : failed(name, answer, FIXES[name] ?? 'See the log of the function "api"'),
  )

async function ingestCheck(cli: Cli, { ingestUrl }: Profile): Promise<Check> {
  if (!ingestUrl) return failed('ingest', 'the profile does not say where jobs are pushed', 'Set ADFLUX_INGEST_URL')
  try {
    // Any refusal will do: it proves that the function is there.
    await cli.clientOf(ingestUrl, undefined).exchange({ path: '/', accept: [400, 401, 404, 405, 415], ...QUICK })
    return ok('ingest', `${ingestUrl} answers`)
  } catch (error) {
    return broken('ingest', error)
  }
}

async function accountChecks(cli: Cli): Promise<Check[]> {
  try {
    const { org, role, actor } = await cli
      .api()
      .send<{ org: string; role: string | null; actor: { kind: string; id: string } }>({ path: '/v1/me', ...QUICK })
    const { items } = await cli.api().send<Page<Connection>>({ path: '/v1/connections', ...QUICK })
    const accounts = items.map(({ platform, accountId, status, lastError }) =>
      status === 'failing'
        ? failed(
            platform,
            lastError ?? 'refused',
            `adflux connections add ${platform} --account-id ${accountId} --token-stdin`,
          )
        : ok(platform, `account ${accountId} ${status}`),
    )
    const none = [skipped('connections', 'no ad account yet: adflux connections add')]
    return [
      ok('key', `${actor.kind} ${actor.id}${role ? ` (${role})` : ''} of ${org}`),
      ...(items.length > 0 ? accounts : none),
    ]
  } catch (error) {
    return [broken('key', error)]
  }
}
