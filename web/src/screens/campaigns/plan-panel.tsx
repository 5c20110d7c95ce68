import type { Campaign } from '#domain/campaign.ts'
import type { ChannelPlan } from '#domain/plan.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { Facts, Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TargetingList } from './targeting.tsx'
import { usePlan } from './use-plan.ts'

/** Of a draft: everything that publishing will make, before anything is made. */
export function PlanPanel({ campaign }: { campaign: Campaign }) {
  const { campaign: texts, campaigns } = useTexts()
  const { data, problem, reload } = usePlan(campaign)
  return (
    <Panel title={texts.plan.title} note={texts.plan.note}>
      {problem && <ProblemNote error={problem} retry={reload} />}
      {!data && !problem && <Skeleton className="h-40 w-full" />}
      {Object.entries(data?.channels ?? {}).map(([platform, plan]) => (
        <section key={platform} aria-label={wordFor(campaigns.platforms, platform) ?? platform}>
          <h3 className="mb-2 text-sm font-semibold">{wordFor(campaigns.platforms, platform) ?? platform}</h3>
          <ChannelPlanView plan={plan} />
        </section>
      ))}
    </Panel>
  )
}

function ChannelPlanView({ plan }: { plan: ChannelPlan }) {
  const { campaign: texts } = useTexts()
  const format = useFormat()
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-4">
        <Facts
          items={[
            [
              texts.plan.most,
              <strong key="most" className="text-lg">
                {format.money(plan.mostItCanCost)}
              </strong>,
            ],
            [texts.plan.mostDay, format.money(plan.mostOnOneDay)],
          ]}
        />
        <div>
          <p className="text-sm text-muted">{texts.plan.steps(plan.steps.length)}</p>
          <ol className="mt-1 list-decimal ps-5 text-sm">
            {plan.steps.map((step) => (
              <li key={step.key}>{wordFor(texts.level, step.level) ?? step.level}</li>
            ))}
          </ol>
        </div>
        <details className="text-sm">
          <summary className="inline-flex min-h-6 items-center text-muted hover:text-ink">{texts.plan.raw}</summary>
          <PayloadView plan={plan} />
        </details>
      </div>
      <div>
        <h4 className="mb-1 text-sm font-medium">{texts.targeting.title}</h4>
        <TargetingList targeting={plan.targeting} />
      </div>
    </div>
  )
}

/** A region that scrolls must be reachable by keyboard. */
const SCROLLS = { tabIndex: 0 }

function PayloadView({ plan }: { plan: ChannelPlan }) {
  const { campaign: texts } = useTexts()
  return (
    <section
      {...SCROLLS}
      aria-label={texts.plan.raw}
      className="mt-1 max-h-72 overflow-auto rounded-md bg-sunken p-3 text-xs"
    >
      <pre className="whitespace-pre-wrap">
        {JSON.stringify(
          plan.steps.map(({ level, name, payload }) => ({ level, name, payload })),
          null,
          2,
        )}
      </pre>
    </section>
  )
}
