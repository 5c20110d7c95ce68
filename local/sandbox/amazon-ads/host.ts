import { asTold } from '../delivery/told.ts'
import type { Json } from '../events.ts'
import type { Operation } from '../faults.ts'
import type { Answer, Host, Incoming } from '../net/answer.ts'
import { settle } from '../things.ts'
import type { World } from '../world.ts'
import { listAudiences } from './audiences.ts'
import { AdsError, badRequest, unauthorized } from './errors.ts'
import { type AdsParts, answerJson, framed, type Strike } from './frame.ts'
import { parseJson } from './json.ts'
import { listThings } from './list.ts'
import { moderation } from './moderation.ts'
import { RATE_HEADER, spendCall } from './quota.ts'
import { createReport, linkedReport, reportFile, reportStatus } from './reports.ts'
import { archive, changeRows, createRows, RESOURCES, type Row } from './sponsored-display.ts'
import { type AccessTokens, callerOf, profileOf, type Region } from './token.ts'

const REPORT_TYPE = 'application/vnd.createasyncreportrequest.v3+json'

const CREATES: Record<string, Operation> = {
  campaigns: 'create-campaign',
  adGroups: 'create-adset',
  creatives: 'create-creative',
  productAds: 'create-ad',
  targets: 'create-target',
}

function operationOf(method: string, [area = '', name = '', more]: readonly string[]): Operation {
  if (area === 'reporting') return method === 'POST' ? 'create-report' : 'poll-report'
  if (area === 'audiences') return 'search'
  if (area === 'v2') return 'read'
  if (area !== 'sd') return 'other'
  if (method === 'GET') return more === undefined || more === 'extended' ? 'list' : 'read'
  if (method === 'POST') return CREATES[name] ?? 'other'
  return method === 'DELETE' ? 'delete' : 'update'
}

/** advertising-api[-eu|-fe].amazon.com: Sponsored Display and reporting of one region's profiles. */
export function adsHost(parts: AdsParts, access: AccessTokens, region: Region): Host {
  return async (incoming) => {
    settle(parts.world)
    const [location = '', query = ''] = incoming.url.split('?')
    const path = location.split('/').filter(Boolean)
    const scope = path[0] === 'v2' ? path[2] : incoming.headers['amazon-advertising-api-scope']
    const profile = typeof scope === 'string' ? scope : ''
    const account = parts.world.accounts.has(profile) ? profile : null
    const body = bodyOf(incoming)
    const params = { ...Object.fromEntries(new URLSearchParams(query)), ...(body !== undefined && { body }) }
    const known = { operation: operationOf(incoming.method, path), account, params }
    const given = framed(parts, incoming, known, (strike) => {
      if (strike('expired-token'))
        throw unauthorized('Not authorized to access this advertiser: the access token has expired')
      const token = callerOf(parts.world, access, incoming)
      const about = profileOf(parts.world, token, profile, region)
      spendCall(parts.world, about.id)
      const asked = {
        method: incoming.method,
        path,
        query: new URLSearchParams(query),
        body: body ?? null,
        incoming,
        strike,
      }
      return answer(parts, about, asked)
    })
    return { ...given, headers: { [RATE_HEADER]: String(parts.world.settings.amazonPerSecond), ...given.headers } }
  }
}

/** A body that is no JSON is told of by the work, after the caller is known. */
function bodyOf({ body }: Incoming): Json | undefined {
  try {
    return body.length === 0 ? undefined : parseJson(body.toString('utf8'))
  } catch {
    return undefined
  }
}

interface Asked {
  method: string
  path: string[]
  query: URLSearchParams
  body: Json
  incoming: Incoming
  strike: Strike
}

function answer({ world, unlisted }: AdsParts, account: Parameters<typeof archive>[1], asked: Asked): Answer {
  const { method, path, query, body, strike } = asked
  const [area, name = '', more] = path
  const route = `${method} /${path.join('/')}`
  if (area === 'v2' && name === 'profiles' && method === 'GET') return answerJson(200, profileAnswer(account))
  if (route === 'POST /audiences/list') return answerJson(200, listAudiences(body))
  if (route === 'GET /sd/moderation/creatives') return answerJson(200, moderation(world, account, query))
  if (area === 'reporting' && name === 'reports') {
    if (method === 'GET' && more) return answerJson(200, reportStatus(world, account, more))
    if (asked.incoming.headers['content-type'] !== REPORT_TYPE)
      throw new AdsError(415, 'UNSUPPORTED_MEDIA_TYPE', `The content type must be ${REPORT_TYPE}`)
    const fault = strike('report-failed', 'report-stuck')?.fault
    const outcome = fault === 'report-failed' ? 'failed' : fault === 'report-stuck' ? 'stuck' : 'complete'
    return answerJson(200, createReport(world, account, body, outcome))
  }
  const resource = area === 'sd' ? RESOURCES[name] : undefined
  if (!resource) throw new AdsError(404, 'NOT_FOUND', `There is no ${route}`)
  if (method === 'GET' && (more === undefined || more === 'extended')) {
    if (Number(query.get('startIndex')) > 0 && strike('page-2-failure'))
      throw new AdsError(500, 'INTERNAL_ERROR', 'An internal error has occurred')
    const found = listThings(world, account, resource, query, more === 'extended', unlisted.has)
    return answerJson(200, strike('partial-list') ? found.slice(0, Math.floor(found.length / 2)) : found)
  }
  if (method === 'DELETE' && more) return answerJson(200, archive(world, account, resource, more))
  if (method === 'PUT' && more === undefined)
    return rowsAnswer(changeRows(world, account, resource, body, strike('mixed-rows') !== undefined))
  if (method === 'POST' && more === undefined) {
    const failing = strike('mixed-rows') !== undefined
    const late = strike('late-landing')
    const dueAt = late && clockNow(world, late.clock) + late.delaySeconds * 1000
    const bent = { failing, ...(late && { late: { clock: late.clock, dueAt: dueAt ?? 0 } }) }
    if (strike('duplicate-200')) createRows(world, account, resource, body, bent)
    const rows = createRows(world, account, resource, body, bent)
    const slow = strike('slow-list')
    for (const { id } of rows) if (slow && id) unlisted.hide(id, slow.clock, slow.delaySeconds)
    return { ...rowsAnswer(rows), ...(late && { cut: true }) }
  }
  throw badRequest(`${route} is not a call of this API`)
}

const rowsAnswer = (rows: readonly Row[]): Answer =>
  answerJson(
    207,
    rows.map((row) => row.answer),
  )

const clockNow = (world: World, clock: 'virtual' | 'real'): number => (clock === 'real' ? Date.now() : world.now())

function profileAnswer(account: Parameters<typeof archive>[1]): object {
  const { id, country, currency, timezone, name } = account
  return {
    ...{ profileId: id, countryCode: country, currencyCode: currency, timezone },
    accountInfo: { marketplaceStringId: `A${country}SANDBOX`, id: `ENTITY${id}`, type: 'vendor', name },
  }
}

/** Where reports are fetched. Signed links and the API's own token are two ways to prove oneself: the storage takes one. */
export function reportHost(parts: AdsParts): Host {
  return async (incoming) => {
    const url = new URL(incoming.url, 'https://storage')
    const run = linkedReport(parts.world, url.pathname, url.searchParams)
    const known = { operation: 'read-report' as const, account: run?.account ?? null, params: {} }
    return framed(parts, incoming, known, (strike) => {
      if (incoming.headers.authorization !== undefined)
        return storageError(400, 'InvalidArgument', 'Only one auth mechanism allowed')
      if (!run || strike('expired-token')) return storageError(403, 'AccessDenied', 'Request has expired')
      const told = asTold(parts.world, parts.ledger, strike('late-metrics', 'restated-metrics'))
      const file = reportFile(parts.world, told, run)
      const body = strike('corrupt-report') ? file.subarray(0, Math.floor(file.length / 2)) : file
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body }
    })
  }
}

const storageError = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
})
