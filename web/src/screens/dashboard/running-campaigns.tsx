import { Link } from '@tanstack/react-router'
import type { Campaign } from '#domain/campaign.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { COUNT_LIMIT } from '../../live/count-limit.ts'
import { useCount } from '../../live/use-count.ts'
import { useList } from '../../live/use-list.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shown } from '../../ui/shown.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../campaigns/status-badge.tsx'
import { DASHBOARD_COUNTS, DASHBOARD_LISTS } from './queries.ts'

export function RunningCampaigns() {
  const { dashboard: texts, campaigns: words } = useTexts()
  const format = useFormat()
  const live = useList<Campaign>(DASHBOARD_LISTS.running)
  const count = useCount(
    DASHBOARD_COUNTS.running,
    live.data?.map((campaign) => campaign.id + campaign.status).join() ?? null,
  )
  return (
    <Panel
      title={texts.running}
      note={count === null ? undefined : texts.runningCount(atLeast(count, format.number(count), texts.atLeast))}
      actions={
        <Link to="/campaigns" search={{ status: 'running' }} className={buttonClass('quiet')}>
          {texts.seeAll}
        </Link>
      }
      flush
    >
      <Shown
        live={live}
        skeleton={<SkeletonRows rows={3} />}
        isEmpty={(rows) => rows.length === 0}
        empty={
          <Empty
            title={texts.noRunning.title}
            action={
              <Link to="/jobs" search={{ status: 'open' }} className={buttonClass()}>
                {texts.noRunning.action}
              </Link>
            }
          />
        }
      >
        {(rows) => (
          <ul className="divide-y divide-line">
            {rows.map((campaign) => (
              <li key={campaign.id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
                <div className="min-w-0 flex-1">
                  <Link
                    to="/campaigns/$id"
                    params={{ id: campaign.id }}
                    className="block truncate font-medium hover:text-accent hover:underline"
                  >
                    {campaign.name}
                  </Link>
                  <span className="text-xs text-muted">
                    {format.micros(campaign.totals?.spendMicros, campaign.dailyBudget.currency)} ·{' '}
                    {words.head.applications}: {format.number(campaign.totals?.applications)}
                  </span>
                </div>
                <StatusBadge status={campaign.status} />
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </Panel>
  )
}

/** A count that reached its limit is only known to be at least that. */
export const atLeast = (count: number, shown: string, words: (n: string) => string): string =>
  count >= COUNT_LIMIT ? words(shown) : shown
