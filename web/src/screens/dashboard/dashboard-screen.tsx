import { getRouteApi } from '@tanstack/react-router'
import type { Connection } from '#domain/connection.ts'
import type { Rollup } from '#domain/metrics.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useList } from '../../live/use-list.ts'
import { Chips } from '../../ui/chips.tsx'
import { Page } from '../../ui/page.tsx'
import { Attention } from './attention.tsx'
import { newestDay } from './figures.ts'
import { NewestJobs } from './newest-jobs.tsx'
import { DASHBOARD_LISTS } from './queries.ts'
import { Results } from './results.tsx'
import { RunningCampaigns } from './running-campaigns.tsx'

const route = getRouteApi('/')

/** What needs somebody, then what the money did. Reads a fixed number of documents, however many campaigns there are. */
export function DashboardScreen() {
  const { dashboard: texts, common } = useTexts()
  const format = useFormat()
  const { days = 14 } = route.useSearch()
  const navigate = route.useNavigate()
  const rollups = useList<Rollup>(DASHBOARD_LISTS.months)
  const connections = useList<Connection>(DASHBOARD_LISTS.accounts)
  const until = rollups.data && newestDay(rollups.data)
  return (
    <Page
      title={texts.title}
      lead={until ? texts.until(format.day(until, 'long'), common.zone(format.timeZone ?? '')) : undefined}
      actions={
        <Chips
          label={texts.range}
          value={days === 28 ? '28' : '14'}
          options={[
            ['14', texts.ranges[14]],
            ['28', texts.ranges[28]],
          ]}
          choose={(next) => void navigate({ search: next === '28' ? { days: 28 } : {} })}
        />
      }
    >
      <Attention />
      <Results rollups={rollups} connections={connections} days={days} />
      <div className="grid gap-4 lg:grid-cols-2">
        <RunningCampaigns />
        <NewestJobs />
      </div>
    </Page>
  )
}
