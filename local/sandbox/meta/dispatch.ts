import type { Json, ReportRun } from '../events.ts'
import type { Late } from '../things.ts'
import { changeUsers, createAudience } from './audiences.ts'
import { accountOf, type Call, thingOf } from './call.ts'
import { GraphError, noSuchObject } from './errors.ts'
import { deleteImage, uploadImage } from './images.ts'
import type { Insights } from './insights.ts'
import { debugToken, readEdge, readMany, readMe, readNode } from './nodes.ts'
import { geolocationMeta, search } from './search.ts'
import { type Created, createThing, deleteThing, updateThing } from './write.ts'

export interface Outcome {
  late?: Late
  report?: ReportRun['outcome']
}

const CREATES: Record<string, Created> = { campaigns: 'campaign', adsets: 'adset', adcreatives: 'creative', ads: 'ad' }

/** Answers one authenticated call. `outcome` bends it where a fault asks for that. */
export function dispatch(call: Call, insights: Insights, outcome: Outcome): unknown {
  const [node = '', edge, rest] = call.path
  if (rest !== undefined) throw unknownPath(call)
  if (node === '') return call.method === 'GET' && call.params.ids !== undefined ? readMany(call) : unknownRoot(call)
  if (call.method === 'GET') return read(call, insights, node, edge)
  return call.method === 'DELETE' ? remove(call, node, edge) : write(call, insights, node, edge, outcome)
}

function read(call: Call, insights: Insights, node: string, edge: string | undefined): unknown {
  if (node === 'search') return call.params.type === 'adgeolocationmeta' ? geolocationMeta(call) : search(call)
  if (node === 'debug_token') return debugToken(call)
  if (node === 'me' && edge === undefined) return readMe(call)
  const run = call.world.reports.get(node)
  if (run) {
    if (!call.token.accounts.includes(run.account)) throw noSuchObject(call.method, node)
    return edge === 'insights' ? insights.rows(call, run) : insights.status(call, run)
  }
  if (edge === 'insights') return insights.read(call, node)
  return edge === undefined ? readNode(call, node) : readEdge(call, node, edge)
}

function write(call: Call, insights: Insights, node: string, edge: string | undefined, outcome: Outcome): unknown {
  if (edge === undefined) {
    const thing = thingOf(call, node)
    return updateThing(call, accountOf(call, thing.account), thing)
  }
  if (edge === 'insights') return insights.start(call, node, outcome.report ?? 'complete')
  if (edge === 'users') {
    const audience = thingOf(call, node)
    if (audience.kind !== 'audience') throw unknownPath(call)
    return changeUsers(call, audience)
  }
  if (!node.startsWith('act_')) throw unknownPath(call)
  const account = accountOf(call, node)
  if (edge === 'adimages') return uploadImage(call, account)
  if (edge === 'customaudiences') return createAudience(call, account)
  const kind = CREATES[edge]
  if (!kind) throw unknownPath(call)
  return createThing(call, account, kind, outcome.late)
}

function remove(call: Call, node: string, edge: string | undefined): { [key: string]: Json } {
  if (edge === 'adimages' && node.startsWith('act_')) return deleteImage(call, accountOf(call, node))
  const thing = thingOf(call, node)
  if (edge === 'users' && thing.kind === 'audience') return changeUsers(call, thing)
  if (edge !== undefined || thing.kind === 'image') throw unknownPath(call)
  return deleteThing(call, thing)
}

const unknownPath = (call: Call): GraphError =>
  new GraphError(2500, `Unknown path components: /${call.path.slice(1).join('/')}`)

function unknownRoot(call: Call): never {
  throw new GraphError(100, `Unsupported ${call.method.toLowerCase()} request.`, {
    subcode: 33,
    type: 'GraphMethodException',
  })
}
