import { Link } from '@tanstack/react-router'
import type { Campaign } from '#domain/campaign.ts'
import { derive } from '#domain/metrics.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { StatusWithReason } from './status-badge.tsx'

/** Without `job` the job's own column is left out: the list is that job's. */
export function useCampaignColumns({ job = true }: { job?: boolean } = {}): Column<Campaign>[] {
  const { campaigns } = useTexts()
  const format = useFormat()
  const money = (campaign: Campaign, micros: number | null | undefined) =>
    format.micros(micros, campaign.dailyBudget.currency)
  return [
    {
      key: 'ref',
      head: campaigns.head.ref,
      wide: true,
      cell: (c) => <span className="whitespace-nowrap text-muted">{c.ref}</span>,
    },
    { key: 'name', head: campaigns.head.name, wide: true, header: true, cell: (c) => <Name campaign={c} job={job} /> },
    {
      key: 'platform',
      head: campaigns.head.platform,
      cell: (c) => c.platforms.map((platform) => campaigns.platforms[platform]).join(', '),
    },
    {
      key: 'status',
      head: campaigns.head.status,
      cell: (c) => <StatusWithReason status={c.status} reason={c.reason} />,
    },
    { key: 'budget', head: campaigns.head.budget, align: 'end', cell: (c) => format.money(c.dailyBudget) },
    { key: 'spend', head: campaigns.head.spend, align: 'end', cell: (c) => money(c, c.totals?.spendMicros) },
    {
      key: 'applications',
      head: campaigns.head.applications,
      align: 'end',
      cell: (c) => format.number(c.totals?.applications),
    },
    {
      key: 'cost',
      head: campaigns.head.cost,
      align: 'end',
      cell: (c) => money(c, c.totals && derive(c.totals).costPerApplicationMicros),
    },
    { key: 'end', head: campaigns.head.end, align: 'end', cell: (c) => format.day(c.endsOn) },
  ]
}

function Name({ campaign, job }: { campaign: Campaign; job: boolean }) {
  return (
    <>
      <Link to="/campaigns/$id" params={{ id: campaign.id }} className="hover:text-accent hover:underline">
        {campaign.name}
      </Link>
      {job && <span className="block text-xs font-normal text-muted">{campaign.jobRef}</span>}
    </>
  )
}
