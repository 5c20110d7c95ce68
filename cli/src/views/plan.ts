import type { Money } from '#domain/money.ts'
import type { ChannelPlan } from '#domain/plan.ts'
import type { PlannedChange } from '#domain/plan-changes.ts'
import { plain } from '../format.ts'
import type { Output } from '../output.ts'

/** As `GET /v1/campaigns/{id}/plan` answers. */
export interface Plan {
  plan: string
  channels: Record<string, ChannelPlan>
  changes: Record<string, PlannedChange[]>
  mostItCanCost: Money
  mostOnOneDay: Money
}

export function planText(out: Output, { plan, channels, changes, mostItCanCost, mostOnOneDay }: Plan): string {
  const { details, format } = out
  const parts = Object.entries(channels).map(([key, channel]) => channelText(out, key, channel, changes[key] ?? []))
  const whole = details([
    ['most on a day', format.money(mostOnOneDay)],
    ['most in all', format.money(mostItCanCost)],
    ['plan', plan],
  ])
  return [...parts, whole].join('\n\n')
}

const DOES = { create: 'create', update: 'change', remove: 'remove' } as const

function channelText(
  { style, format, details, table }: Output,
  platform: string,
  plan: ChannelPlan,
  changes: readonly PlannedChange[],
): string {
  const costs = details([
    ['most on a day', format.money(plan.mostOnOneDay)],
    ['most in all', format.money(plan.mostItCanCost)],
  ])
  const steps =
    changes.length === 0
      ? 'Nothing is to be done here.'
      : table<PlannedChange>(
          [
            { head: 'DOES', of: (c) => DOES[c.action] },
            { head: 'WHAT', of: (c) => c.level },
            { head: 'NAME', of: (c) => c.name, wide: true },
            { head: 'FIELDS', of: (c) => changedFields(c).join(', ') },
          ],
          changes,
        )
  const audiences = plan.targeting.map(({ name, became, leftOut }) => {
    const lines = [
      ...became.map((b) => `  ${b.kind}: ${b.name} (from ${b.from})`),
      ...leftOut.map((l) => `  left out: ${l.trait}: ${l.why}`),
    ]
    return [style('bold', plain(name?.en ?? 'Everybody')), ...lines.map((line) => `  ${plain(line.trim())}`)].join('\n')
  })
  return [style('bold', platform), costs, steps, ...audiences].join('\n\n')
}

/** Of what changes, the fields that do. */
const changedFields = ({ action, before, after }: PlannedChange): string[] =>
  action === 'update'
    ? Object.keys({ ...before, ...after }).filter((f) => JSON.stringify(before?.[f]) !== JSON.stringify(after?.[f]))
    : []
