import type { Account, Json, ReportRun } from '../events.ts'
import { type Thing, text } from '../world.ts'
import { dateOf, dayAt } from '../zone.ts'
import { accountOf, type Call, thingOf } from './call.ts'
import { GraphError, noSuchObject } from './errors.ts'
import { type InsightQuery, insightQuery, type Level } from './insight-query.ts'
import { insightGroups, insightRow } from './insight-rows.ts'
import { cursor, cursorKey, limitOf, type Page, pageUrl } from './list.ts'
import { fieldTree } from './params.ts'

const MOST_CACHED = 3
const RUN_FIELDS = ['account_id', 'time_ref', 'async_status', 'async_percent_completion']

export interface Insights {
  /** GET {object}/insights */
  read(call: Call, node: string): Page
  /** POST {object}/insights */
  start(call: Call, node: string, outcome: ReportRun['outcome']): { report_run_id: string }
  /** GET {report run} */
  status(call: Call, run: ReportRun): Json
  /** GET {report run}/insights */
  rows(call: Call, run: ReportRun): Page
  clear(): void
}

/** Rows of the last few queries are kept, so that reading page after page computes them once. */
export function insights(): Insights {
  const cache = new Map<string, Rows>()

  const remember = (key: string, make: () => Rows): Rows => {
    const known = cache.get(key)
    if (known) return known
    const rows = make()
    cache.set(key, rows)
    const oldest = cache.keys().next().value
    if (cache.size > MOST_CACHED && oldest !== undefined) cache.delete(oldest)
    return rows
  }

  return {
    read: (call, node) => {
      const { account, thing } = scopeOf(call, node)
      const after = call.params.after
      const [offset, at] = after === undefined ? [0, call.now] : placeOf(after)
      const { after: _after, limit: _limit, access_token: _token, ...asked } = call.params
      const rows = remember(JSON.stringify([node, asked, at, call.world.changes(), call.told]), () =>
        compute({ ...call, now: at }, account, thing),
      )
      if (rows.length > call.world.settings.syncInsightsMaxRows)
        throw new GraphError(100, "Please reduce the amount of data you're asking for, then retry your request", {
          subcode: 1487534,
          say: 'Ask for a shorter time range, or for an asynchronous report.',
        })
      return pageOf(call, rows, offset, at)
    },
    start: (call, node, outcome) => {
      const { account, thing } = scopeOf(call, node)
      queryOf(call, account, thing)
      const { access_token: _token, appsecret_proof: _proof, id: _id, ...params } = call.params
      const run: ReportRun = {
        id: call.world.newId(),
        account: account.id,
        node,
        params,
        at: call.now,
        realAt: Date.now(),
        outcome,
      }
      call.world.record({ type: 'report', run })
      return { report_run_id: run.id }
    },
    status: (call, run) => {
      const account = accountOf(call, run.account)
      const { since, until } = queryOf(asked(call, run), account, nodeOf(call, run))
      const state = progress(call, run)
      const all: { [field: string]: Json } = {
        account_id: run.account,
        time_ref: Math.floor(run.at / 1000),
        date_start: dateOf(since),
        date_stop: dateOf(until),
        is_running: ['Job Not Started', 'Job Started', 'Job Running'].includes(state.async_status),
        ...state,
      }
      const wanted = fieldTree(call.params.fields)?.keys() ?? RUN_FIELDS
      const shown = [...wanted].flatMap((field) => (all[field] === undefined ? [] : [[field, all[field]] as const]))
      return { ...Object.fromEntries(shown), id: run.id }
    },
    rows: (call, run) => {
      const account = accountOf(call, run.account)
      if (progress(call, run).async_status !== 'Job Completed')
        throw new GraphError(2601, '(#2601) The report is not ready: its job is not completed', { transient: true })
      const rows = remember(`run/${run.id}`, () => compute(asked(call, run), account, nodeOf(call, run)))
      const after = call.params.after
      return pageOf(call, rows, after === undefined ? 0 : placeOf(after)[0], run.at)
    },
    clear: () => cache.clear(),
  }
}

/** Figures are grouped at once, their texts written page by page: most of the cost of a row is its text. */
interface Rows {
  length: number
  slice(from: number, to: number): Json[]
}

function compute(call: Call, account: Account, thing: Thing | undefined): Rows {
  const query = queryOf(call, account, thing)
  const groups = insightGroups(call.world, call.ledger, { account, node: thing }, query, call.now)
  return {
    length: groups.length,
    slice: (from, to) => groups.slice(from, to).map((group) => insightRow(call.world, account, group, query)),
  }
}

function queryOf(call: Call, account: Account, thing: Thing | undefined): InsightQuery {
  const level = (thing?.kind ?? 'account') as Level
  return insightQuery(call, account.timezone, level, firstDay(account, thing))
}

/** Where `date_preset=maximum` begins. */
function firstDay(account: Account, thing: Thing | undefined): number {
  return dayAt(thing?.createdAt ?? account.createdAt, account.timezone)
}

function scopeOf(call: Call, node: string): { account: Account; thing: Thing | undefined } {
  if (node.startsWith('act_')) return { account: accountOf(call, node), thing: undefined }
  const thing = thingOf(call, node)
  if (thing.kind !== 'campaign' && thing.kind !== 'adset' && thing.kind !== 'ad') throw noSuchObject(call.method, node)
  return { account: accountOf(call, thing.account), thing }
}

const nodeOf = (call: Call, run: ReportRun): Thing | undefined => call.world.things.get(run.node)

/** A report answers what was asked when it was started, as of then. */
const asked = (call: Call, run: ReportRun): Call => ({ ...call, params: run.params, now: run.at })

function progress(call: Call, run: ReportRun): { async_status: string; async_percent_completion: number } {
  const waited = Math.max(call.now - run.at, Date.now() - run.realAt) / 1000
  const done = waited / Math.max(0.001, call.world.settings.reportSeconds)
  if (run.outcome === 'stuck' && done > 0.3) return { async_status: 'Job Running', async_percent_completion: 42 }
  if (run.outcome === 'failed' && done > 0.6) return { async_status: 'Job Failed', async_percent_completion: 60 }
  if (done < 0.15) return { async_status: 'Job Not Started', async_percent_completion: 0 }
  if (done < 0.3) return { async_status: 'Job Started', async_percent_completion: 0 }
  if (done < 1) return { async_status: 'Job Running', async_percent_completion: Math.floor(done * 100) }
  return { async_status: 'Job Completed', async_percent_completion: 100 }
}

function pageOf(call: Call, rows: Rows, offset: number, at: number): Page {
  const limit = limitOf(call)
  const data = rows.slice(offset, offset + limit)
  if (data.length === 0) return { data }
  const after = cursor(`${offset + data.length}@${at}`)
  const more = offset + limit < rows.length
  return {
    data,
    paging: {
      cursors: { before: cursor(`${offset}@${at}`), after },
      ...(more ? { next: pageUrl(call, { after }) } : {}),
    },
  }
}

/** An offset and the instant as of which the pages are read, so that they do not shift while they are. */
function placeOf(after: Json): [number, number] {
  const match = /^(\d+)@(\d+)$/.exec(cursorKey('after', after))
  if (!match) throw new GraphError(100, '(#100) Invalid cursors values', { blame: [text('after')] })
  return [Number(match[1]), Number(match[2])]
}
