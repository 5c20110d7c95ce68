import type { Operation } from '../faults.ts'
import type { World } from '../world.ts'

const CREATES: Record<string, Operation> = {
  campaigns: 'create-campaign',
  adsets: 'create-adset',
  adcreatives: 'create-creative',
  ads: 'create-ad',
  adimages: 'create-image',
  customaudiences: 'create-audience',
}

/** What a request is, before it is known whether it is valid. */
export function operationOf(world: World, method: string, path: readonly string[], batch: boolean): Operation {
  const [node = '', edge] = path
  if (node === '') return batch ? 'batch' : 'read'
  if (node === 'me') return 'me'
  if (node === 'search') return 'search'
  if (node === 'debug_token') return 'debug-token'
  if (edge === 'insights') {
    if (world.reports.has(node)) return 'read-report'
    return method === 'POST' ? 'create-report' : 'insights'
  }
  if (edge === undefined) {
    if (world.reports.has(node)) return 'poll-report'
    return method === 'GET' ? 'read' : method === 'DELETE' ? 'delete' : 'update'
  }
  if (edge === 'users') return 'upload-users'
  if (edge === 'reachestimate' || edge === 'delivery_estimate') return 'estimate'
  if (method === 'GET') return 'list'
  if (method === 'DELETE') return 'delete'
  return CREATES[edge] ?? 'other'
}

/** The ad account that a path is about, digits alone; undefined when it is about none or an unknown one. */
export function accountIn(world: World, path: readonly string[]): string | undefined {
  const node = path[0] ?? ''
  if (node.startsWith('act_')) return world.accounts.has(node.slice(4)) ? node.slice(4) : undefined
  return world.things.get(node)?.account ?? world.reports.get(node)?.account
}
