import { getRouteApi, Link } from '@tanstack/react-router'
import type { Campaign } from '#domain/campaign.ts'
import type { Where } from '../../backend.ts'
import { useTexts } from '../../i18n/language.tsx'
import { usePages } from '../../live/use-pages.ts'
import { useSession } from '../../session/session.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Chips } from '../../ui/chips.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LiveTable } from '../../ui/live-table.tsx'
import { Page } from '../../ui/page.tsx'
import { useCampaignColumns } from './campaign-columns.tsx'
import { GROUP_NAMES, GROUPS, type Group } from './status.ts'

const route = getRouteApi('/campaigns')

export function CampaignsScreen() {
  const { campaigns: texts } = useTexts()
  const { may } = useSession()
  const { status } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        may('campaigns:write') && (
          <Link to="/campaigns/new" className={buttonClass('primary')}>
            <Icon name="plus" />
            {texts.new}
          </Link>
        )
      }
    >
      <Chips
        label={texts.filterStatus}
        value={status ?? 'all'}
        options={[['all', texts.groups.all], ...GROUP_NAMES.map((name) => [name, texts.groups[name]] as const)]}
        choose={(next) => void navigate({ search: next === 'all' ? {} : { status: next } })}
      />
      <CampaignsTable key={status} status={status} />
    </Page>
  )
}

function CampaignsTable({ status }: { status: Group | undefined }) {
  const { campaigns: texts, common } = useTexts()
  const where: Where[] = status ? [['status', 'in', GROUPS[status]]] : []
  const pages = usePages<Campaign>({ path: 'campaigns', where, order: ['createdAt', 'desc'] })
  const columns = useCampaignColumns()
  return (
    <LiveTable
      caption={texts.caption}
      columns={columns}
      pages={pages}
      empty={
        status ? (
          <Empty
            icon="search"
            title={texts.filtered.title}
            action={
              <Link to="/campaigns" className={buttonClass()}>
                {common.clearFilters}
              </Link>
            }
          />
        ) : (
          <Empty
            icon="campaigns"
            title={texts.none.title}
            hint={texts.none.hint}
            action={
              <Link to="/jobs" search={{ status: 'open' }} className={buttonClass()}>
                {texts.none.action}
              </Link>
            }
          />
        )
      }
    />
  )
}
