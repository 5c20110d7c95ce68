import type { Campaign } from '#domain/campaign.ts'
import { useFormat, useSpeech, useTexts } from '../../i18n/language.tsx'
import { useEntityDocument } from '../../live/use-document.ts'
import { Facts, Panel } from '../../ui/panel.tsx'
import { shareOf } from './split-values.ts'

export function CampaignFacts({ campaign }: { campaign: Campaign }) {
  const { campaign: texts, campaigns } = useTexts()
  const format = useFormat()
  const fact = texts.fact
  return (
    <Panel title={texts.facts}>
      <Facts
        items={[
          [fact.budget, format.money(campaign.dailyBudget)],
          ...(campaign.platforms.length > 1 ? [[fact.split, <Shares key="split" campaign={campaign} />] as const] : []),
          [fact.dates, texts.from(format.day(campaign.startsOn, 'long'), format.day(campaign.endsOn, 'long'))],
          [fact.countries, format.list(campaign.countries.map(format.country))],
          [fact.platforms, format.list(campaign.platforms.map((platform) => campaigns.platforms[platform]))],
          [
            fact.segments,
            campaign.segments.length > 0 ? <SegmentNames key="segments" ids={campaign.segments} /> : texts.noSegments,
          ],
          [
            fact.url,
            <span key="url" className="wrap-anywhere">
              {campaign.creative.url}
            </span>,
          ],
          [fact.created, format.instant(campaign.createdAt)],
        ]}
      />
    </Panel>
  )
}

function Shares({ campaign }: { campaign: Campaign }) {
  const { campaigns } = useTexts()
  const format = useFormat()
  return campaign.platforms
    .map((platform) => `${campaigns.platforms[platform]} ${format.money(shareOf(campaign, platform))}`)
    .join(' · ')
}

export function SegmentNames({ ids }: { ids: readonly string[] }) {
  return (
    <ul>
      {ids.map((id) => (
        <li key={id}>
          <SegmentName id={id} />
        </li>
      ))}
    </ul>
  )
}

function SegmentName({ id }: { id: string }) {
  const { language } = useSpeech()
  const { data } = useEntityDocument('segments', id)
  return data && data !== 'absent' ? data.name[language] : '…'
}
