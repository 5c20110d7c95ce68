import type { Account, Fields, Json } from '../events.ts'
import { items, members, text, type World } from '../world.ts'
import { type Draft, type Late, openDraft } from './draft.ts'
import { GoogleAdsError, GRPC, type Problem, refused } from './errors.ts'
import type { Operation } from './operation.ts'
import { adGroupAdOperation, adGroupOperation } from './rules/ad.ts'
import { budgetOperation } from './rules/budget.ts'
import { campaignOperation } from './rules/campaign.ts'
import { adGroupCriterionOperation, campaignCriterionOperation } from './rules/criterion.ts'
import { translate } from './translate.ts'

const RULES: Record<string, (operation: Operation) => string> = {
  campaign_budget: budgetOperation,
  campaign: campaignOperation,
  ad_group: adGroupOperation,
  ad_group_ad: adGroupAdOperation,
  ad_group_criterion: adGroupCriterionOperation,
  campaign_criterion: campaignCriterionOperation,
}
const MOST_OPERATIONS = 10_000

export interface Mutated {
  /** MutateOperationResponse by operation; empty for a validation. */
  responses: Fields[]
  /** What partial_failure left out. */
  problems: Problem[]
  /** Ids of campaigns that are new. */
  campaigns: string[]
}

/**
 * GoogleAdsService.Mutate: every operation or none, unless partial_failure is set.
 * https://developers.google.com/google-ads/api/docs/mutating/overview
 */
export function mutate(world: World, account: Account, request: Fields, late?: Late): Mutated {
  const given = items(request.mutate_operations).map(members)
  if (given.length === 0)
    throw refused('field_error', 'REQUIRED_NONEMPTY_LIST', 'There are no operations.', ['mutate_operations'])
  if (given.length > MOST_OPERATIONS)
    throw refused('request_error', 'TOO_MANY_MUTATE_OPERATIONS', `At most ${MOST_OPERATIONS} operations.`)
  const draft = openDraft(world, account)
  const temporary = new Map<string, string>()
  const responses: Fields[] = []
  const problems: Problem[] = []
  given.forEach((sent, index) => {
    const takeBack = draft.mark()
    try {
      responses.push(perform(draft, temporary, sent, index))
    } catch (cause) {
      if (!(cause instanceof GoogleAdsError)) throw cause
      takeBack()
      problems.push(...cause.problems)
      responses.push({})
    }
  })
  if (problems.length > 0 && request.partial_failure !== true) throw new GoogleAdsError(GRPC.INVALID_ARGUMENT, problems)
  if (request.validate_only === true) return { responses: [], problems, campaigns: [] }
  const touched = draft.touched()
  for (const id of touched) translate(draft, id)
  const campaigns = [...touched].filter((id) => !world.things.has(id))
  draft.commit(late)
  return { responses, problems, campaigns }
}

function perform(draft: Draft, temporary: Map<string, string>, sent: Fields, index: number): Fields {
  const [key = ''] = Object.keys(sent)
  const kind = key.replace(/_operation$/, '')
  const rule = RULES[kind]
  const path = [['mutate_operations', index] as const, key]
  if (!rule)
    throw refused(
      'mutate_error',
      'MUTATE_NOT_ALLOWED',
      `The sandbox does not imitate ${key || 'an empty operation'}.`,
      path,
    )
  const body = members(sent[key])
  const type = body.create !== undefined ? 'create' : body.update !== undefined ? 'update' : 'remove'
  const resource = members(body[type])
  const name = rule({
    ...{ draft, temporary, type, resource, path },
    target: type === 'remove' ? text(body.remove) : text(resource.resource_name),
    mask: items(members(body.update_mask).paths).map((given: Json) => text(given)),
  })
  return { [`${kind}_result`]: { resource_name: name } }
}
