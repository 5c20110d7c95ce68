import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { Facts, Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ChannelPlanView } from './channel-plan.tsx'
import { PublishButton } from './publish-button.tsx'
import { heldBack, publishingOf } from './publishing.ts'
import { type CampaignPlan, usePlan } from './use-plan.ts'

interface Props {
  campaign: Campaign
  channels: readonly Channel[]
}

/** Everything that publishing will make, change and remove, before it does; the button publishes just that. */
export function PlanPanel({ campaign, channels }: Props) {
  const { campaignPlan: texts, campaigns } = useTexts()
  const { data, problem, reload } = usePlan(campaign)
  const publishing = publishingOf(campaign, channels)
  const platforms = Object.entries(data?.channels ?? {})
  return (
    <Panel title={texts.title} note={campaign.status === 'DRAFT' ? texts.note.draft : texts.note.published}>
      {problem && <ProblemNote error={problem} retry={reload} />}
      {!data && !problem && <Skeleton className="h-40 w-full" />}
      <div className="flex flex-col gap-5">
        {data && platforms.length > 1 && <Sums plan={data} />}
        {platforms.map(([platform, plan]) => (
          <section key={platform} aria-label={wordFor(campaigns.platforms, platform) ?? platform}>
            <h3 className="mb-2 text-sm font-semibold">{wordFor(campaigns.platforms, platform) ?? platform}</h3>
            <ChannelPlanView
              campaign={campaign}
              platform={platform}
              plan={plan}
              changes={data?.changes[platform] ?? []}
            />
          </section>
        ))}
        {data && publishing && (
          <PublishButton
            campaign={campaign}
            publishing={publishing}
            plan={data}
            reload={reload}
            stuck={problem !== null}
          />
        )}
        {campaign.pending && !publishing && (
          <p className="text-sm font-medium text-warn">{texts.pending[heldBack(campaign.status)]}</p>
        )}
      </div>
    </Panel>
  )
}

/** Over all platforms: what a person answers for with the button below. */
function Sums({ plan }: { plan: CampaignPlan }) {
  const { campaignPlan: texts } = useTexts()
  const format = useFormat()
  return (
    <section aria-label={texts.all}>
      <h3 className="mb-2 text-sm font-semibold">{texts.all}</h3>
      <Facts
        items={[
          [
            texts.most,
            <strong key="most" className="text-lg">
              {format.money(plan.mostItCanCost)}
            </strong>,
          ],
          [texts.mostDay, format.money(plan.mostOnOneDay)],
        ]}
      />
    </section>
  )
}
