import { microsPerMinor, minimumBudgets } from '../../data/currencies.ts'
import type { Fields } from '../../events.ts'
import { text } from '../../world.ts'
import { keepTemporary, merged, missing, nativeOf, type Operation, thingAt, wrong } from '../operation.ts'

const WRITABLE = ['amount_micros', 'name', 'delivery_method']

/** https://developers.google.com/google-ads/api/reference/rpc/v25/CampaignBudget */
export function budgetOperation(operation: Operation): string {
  const { draft, type, resource, target } = operation
  if (type === 'create') {
    const shared = resource.explicitly_shared !== false
    const name = text(resource.name)
    if (shared && name === '') throw missing(operation, 'name')
    if (
      shared &&
      draft.all('budget').some((id) => draft.fields(id)?.name === name && draft.fields(id)?.status !== 'DELETED')
    )
      throw wrong(
        operation,
        'campaign_budget_error',
        'DUPLICATE_NAME',
        'A campaign budget with this name already exists.',
        'name',
      )
    const native = { ...resource, explicitly_shared: shared }
    checkAmount(operation, native)
    const id = draft.add('budget', { name, status: 'ACTIVE', google: native })
    keepTemporary(operation, id)
    return `customers/${draft.account.id}/campaignBudgets/${id}`
  }
  const { id, fields } = thingAt(operation, target, 'campaignBudgets', 'budget')
  const users = draft.all('campaign').filter((campaign) => usesBudget(draft.fields(campaign), target))
  if (type === 'remove') {
    if (users.length > 0)
      throw wrong(
        operation,
        'campaign_budget_error',
        'CAMPAIGN_BUDGET_IN_USE',
        'The campaign budget is in use by a campaign.',
      )
    draft.change(id, { status: 'DELETED' })
    return target
  }
  const native = merged(nativeOf(fields), operation, WRITABLE)
  checkAmount(operation, native)
  draft.change(id, { google: native, name: text(native.name) })
  return target
}

export const usesBudget = (campaign: Fields | undefined, budget: string): boolean =>
  campaign !== undefined && campaign.status !== 'DELETED' && nativeOf(campaign).campaign_budget === budget

function checkAmount(operation: Operation, { amount_micros }: Fields): void {
  const { currency } = operation.draft.account
  const micros = Number(amount_micros)
  const unit = microsPerMinor(currency)
  const fail = (code: string, message: string) =>
    wrong(operation, 'campaign_budget_error', code, message, 'amount_micros')
  if (amount_micros === undefined || amount_micros === null) throw missing(operation, 'amount_micros')
  if (micros < 0) throw fail('NEGATIVE_MONEY_AMOUNT', 'The amount must not be negative.')
  if (micros % unit !== 0)
    throw fail(
      'NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT',
      `The amount must be a multiple of ${unit} micros in ${currency}.`,
    )
  const least = minimumBudgets(currency).min_daily_budget_imp * unit
  if (micros < least)
    throw fail(
      'BUDGET_BELOW_PER_DAY_MINIMUM',
      `The budget is below the minimum of ${least} micros a day in ${currency}.`,
    )
}
