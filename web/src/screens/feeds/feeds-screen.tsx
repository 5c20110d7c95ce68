import { useState } from 'react'
import type { Feed, IngestCounts } from '#domain/feed.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { usePages } from '../../live/use-pages.ts'
import { useSession } from '../../session/session.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { LiveTable } from '../../ui/live-table.tsx'
import { Page } from '../../ui/page.tsx'
import { FeedActions } from './feed-actions.tsx'
import { FeedForm } from './feed-form.tsx'

export function FeedsScreen() {
  const { feeds: texts } = useTexts()
  const { may } = useSession()
  const [adding, setAdding] = useState(false)
  const pages = usePages<Feed>({ path: 'feeds', where: [['active', '==', true]], order: ['name', 'asc'] })
  const columns = useColumns()
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        may('feeds:write') &&
        !adding && (
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {texts.add}
          </Button>
        )
      }
    >
      {adding && <FeedForm close={() => setAdding(false)} />}
      <LiveTable
        caption={texts.caption}
        columns={columns}
        pages={pages}
        empty={<Empty icon="feeds" title={texts.none.title} hint={texts.none.hint} />}
      />
    </Page>
  )
}

function useColumns(): Column<Feed>[] {
  const { feeds: texts } = useTexts()
  const { may } = useSession()
  const format = useFormat()
  const columns: Column<Feed>[] = [
    { key: 'name', head: texts.head.name, header: true, wide: true, cell: (feed) => <FeedName feed={feed} /> },
    { key: 'format', head: texts.head.format, cell: (feed) => texts.formats[feed.format] },
    { key: 'health', head: texts.head.health, cell: (feed) => <Health feed={feed} /> },
    { key: 'last', head: texts.head.last, cell: (feed) => <LastRead feed={feed} /> },
    { key: 'next', head: texts.head.next, align: 'end', cell: (feed) => format.instant(feed.nextPullAt) },
  ]
  if (may('feeds:write')) {
    columns.push({
      key: 'actions',
      head: texts.head.actions,
      align: 'end',
      wide: true,
      cell: (feed) => <FeedActions feed={feed} />,
    })
  }
  return columns
}

function FeedName({ feed }: { feed: Feed }) {
  return (
    <>
      {feed.name}
      {feed.url && <span className="block max-w-80 truncate text-xs font-normal text-muted">{feed.url}</span>}
    </>
  )
}

function Health({ feed }: { feed: Feed }) {
  const { feeds: texts } = useTexts()
  const { lastError, lastSuccessAt } = feed.health
  if (lastError) {
    return (
      <span className="flex flex-col items-start gap-1">
        <Badge tone="bad" icon="alert" label={texts.health.failing} />
        <span className="max-w-64 text-xs text-bad">{lastError}</span>
      </span>
    )
  }
  if (lastSuccessAt) return <Badge tone="good" icon="check" label={texts.health.ok} />
  return feed.url ? (
    <Badge tone="neutral" icon="clock" label={texts.health.waiting} />
  ) : (
    <Badge tone="accent" icon="feeds" label={texts.health.pushed} />
  )
}

function LastRead({ feed }: { feed: Feed }) {
  const format = useFormat()
  const { feeds: texts } = useTexts()
  const { counts, held, lastAttemptAt } = feed.health
  return (
    <>
      {format.instant(lastAttemptAt)}
      {counts && <Counts counts={counts} />}
      {held > 0 && <span className="block w-52 max-w-full text-xs text-warn">{texts.held(format.number(held))}</span>}
    </>
  )
}

const SHOWN: readonly (keyof IngestCounts)[] = [
  'created',
  'updated',
  'unchanged',
  'closed',
  'stale',
  'merged',
  'rejected',
]

/** "120 received: 3 new, 117 unchanged"; what did not happen is left out. */
function Counts({ counts }: { counts: IngestCounts }) {
  const { feeds: texts } = useTexts()
  const format = useFormat()
  const said = (key: keyof IngestCounts) => `${format.number(counts[key])} ${texts.counts[key]}`
  const parts = SHOWN.filter((key) => counts[key] > 0).map(said)
  return (
    <span className="block w-52 max-w-full text-xs text-muted">
      {parts.length > 0 ? `${said('received')}: ${parts.join(', ')}` : said('received')}
    </span>
  )
}
