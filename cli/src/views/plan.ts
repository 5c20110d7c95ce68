import type { ChannelPlan } from '#domain/plan.ts'
import { plain } from '../format.ts'
import type { Output } from '../output.ts'

/** As `GET /v1/campaigns/{id}/plan` answers. */
export interface Plan {
  channels: Record<string, ChannelPlan>
}

export const planText = (out: Output, { channels }: Plan): string =>
  Object.entries(channels)
    .map(([platform, plan]) => channelText(out, platform, plan))
    .join('\n\n')

function channelText({ style, format, details, table }: Output, platform: string, plan: ChannelPlan): string {
  const costs = details([
    ['most on a day', format.money(plan.mostOnOneDay)],
    ['most in all', format.money(plan.mostItCanCost)],
  ])
  const steps = table(
    [
      { head: 'CREATES', of: (s: ChannelPlan['steps'][number]) => s.level },
      { head: 'NAME', of: (s) => s.name, wide: true },
    ],
    plan.steps,
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
