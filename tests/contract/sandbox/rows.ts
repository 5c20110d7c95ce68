import { ANDES_ACCOUNT, type KnownAccount } from '#local/sandbox/accounts.ts'
import { activate, adTree, type Tree } from './ads.ts'
import type { TestSandbox } from './world.ts'

export interface Row {
  date_start: string
  date_stop: string
  impressions: string
  reach: string
  clicks: string
  inline_link_clicks: string
  spend: string
  actions?: { action_type: string; value: string }[]
}

const FIELDS = 'impressions,reach,clicks,inline_link_clicks,spend,actions'

/** An object's insights, a row a day from its beginning unless asked otherwise. */
export const rows = async (
  sandbox: TestSandbox,
  node: string,
  query = 'time_increment=1&date_preset=maximum',
  account: KnownAccount = ANDES_ACCOUNT,
): Promise<Row[]> =>
  (await sandbox.graph('GET', `${node}/insights?fields=${FIELDS}&limit=500&${query}`, undefined, account)).body.data

export const sum = (found: Row[], figure: 'impressions' | 'spend' | 'inline_link_clicks' | 'reach'): number =>
  found.reduce((total, row) => total + Number(row[figure]), 0)

export const applications = (found: (Row | undefined)[]): number =>
  found.reduce(
    (total, row) =>
      total + Number(row?.actions?.find((action) => action.action_type === 'submit_application_website')?.value ?? 0),
    0,
  )

/** A tree that is switched on at once. */
export async function running(
  sandbox: TestSandbox,
  name: string,
  changes: Parameters<typeof adTree>[1] = {},
): Promise<Tree> {
  const tree = await adTree(sandbox, { name, ...changes })
  await activate(sandbox, tree, changes.account)
  return tree
}
