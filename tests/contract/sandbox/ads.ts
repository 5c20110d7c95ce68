import { ANDES_ACCOUNT, type KnownAccount } from '#local/sandbox/accounts.ts'
import type { GraphAnswer, TestSandbox } from './world.ts'

type Body = Record<string, unknown>

export const campaignBody = (changes: Body = {}): Body => ({
  name: 'Nurses Bogotá ~c1',
  objective: 'OUTCOME_LEADS',
  status: 'PAUSED',
  special_ad_categories: ['EMPLOYMENT'],
  special_ad_category_country: ['CO', 'MX', 'ES', 'US'],
  is_adset_budget_sharing_enabled: false,
  ...changes,
})

export const adsetBody = (campaign: string, changes: Body = {}, account: KnownAccount = ANDES_ACCOUNT): Body => ({
  name: 'Everybody ~s1',
  campaign_id: campaign,
  daily_budget: '2000',
  billing_event: 'IMPRESSIONS',
  optimization_goal: 'OFFSITE_CONVERSIONS',
  promoted_object: { pixel_id: account.pixelId, custom_event_type: 'SUBMIT_APPLICATION' },
  targeting: targeting(),
  end_time: '2028-01-31T00:00:00-0500',
  status: 'PAUSED',
  ...changes,
})

export const targeting = (changes: Body = {}): Body => ({
  geo_locations: { countries: ['CO'] },
  targeting_automation: { advantage_audience: 0 },
  ...changes,
})

export const creativeBody = (changes: Body = {}, account: KnownAccount = ANDES_ACCOUNT): Body => ({
  name: 'Creative ~k1',
  object_story_spec: {
    page_id: account.pageId,
    link_data: {
      link: 'https://jobs.example.com/nurse',
      message: 'Buscamos enfermeras para nuestra clínica en Bogotá. Contrato estable y buen horario.',
      name: 'Enfermera: postúlate hoy',
      description: 'Postulación rápida',
      call_to_action: { type: 'APPLY_NOW', value: { link: 'https://jobs.example.com/nurse' } },
      ...changes,
    },
  },
})

export interface Tree {
  campaign: string
  adset: string
  creative: string
  ad: string
}

/** Creates whatever it is told to and answers its id; throws with the platform's words when that is refused. */
export async function create(sandbox: TestSandbox, edge: string, body: Body, account = ANDES_ACCOUNT): Promise<string> {
  const answer = await sandbox.graph('POST', `${account.id}/${edge}`, body, account)
  if (answer.status !== 200) throw new Error(`${edge}: ${JSON.stringify(answer.body)}`)
  return answer.body.id
}

/** A campaign with one ad set, creative and ad, all paused. */
export async function adTree(
  sandbox: TestSandbox,
  changes: { name?: string; campaign?: Body; adset?: Body; link?: Body; account?: KnownAccount } = {},
): Promise<Tree> {
  const account = changes.account ?? ANDES_ACCOUNT
  const name = changes.name ?? 'Nurses Bogotá ~c1'
  const campaign = await create(sandbox, 'campaigns', campaignBody({ name, ...changes.campaign }), account)
  const adset = await create(sandbox, 'adsets', adsetBody(campaign, changes.adset, account), account)
  const creative = await create(sandbox, 'adcreatives', creativeBody(changes.link, account), account)
  const ad = await create(
    sandbox,
    'ads',
    { name: 'Ad ~a1', adset_id: adset, creative: { creative_id: creative }, status: 'PAUSED' },
    account,
  )
  return { campaign, adset, creative, ad }
}

export async function setStatus(
  sandbox: TestSandbox,
  ids: string[],
  status: string,
  account = ANDES_ACCOUNT,
): Promise<void> {
  for (const id of ids) {
    const answer = await sandbox.graph('POST', id, { status }, account)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  }
}

/** Switches a whole tree on, campaign last, as the product does. */
export const activate = (sandbox: TestSandbox, tree: Tree, account = ANDES_ACCOUNT): Promise<void> =>
  setStatus(sandbox, [tree.ad, tree.adset, tree.campaign], 'ACTIVE', account)

export const errorOf = (answer: GraphAnswer): { status: number; code: number; subcode: number | undefined } => ({
  status: answer.status,
  code: answer.body.error?.code,
  subcode: answer.body.error?.error_subcode,
})
