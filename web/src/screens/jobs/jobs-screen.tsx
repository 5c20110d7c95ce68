import { getRouteApi, Link } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { isRef } from '#domain/ids.ts'
import type { Job } from '#domain/job.ts'
import type { ListQuery } from '../../backend.ts'
import { useTexts } from '../../i18n/language.tsx'
import { usePages } from '../../live/use-pages.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Chips } from '../../ui/chips.tsx'
import { Empty } from '../../ui/empty.tsx'
import { LiveTable } from '../../ui/live-table.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { useJobColumns } from './job-columns.tsx'

const route = getRouteApi('/jobs')

interface Filters {
  status: Job['status'] | undefined
  find: string | undefined
}

export function JobsScreen() {
  const { jobs: texts } = useTexts()
  const { status, find } = route.useSearch()
  const navigate = route.useNavigate()
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wanted = String(new FormData(event.currentTarget).get('find')).trim()
    void navigate({ search: wanted ? { find: wanted } : {} })
  }
  return (
    <Page title={texts.title} lead={texts.lead}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Chips
          label={texts.head.status}
          value={find ? 'all' : (status ?? 'all')}
          options={[
            ['all', texts.statuses.all],
            ['open', texts.statuses.open],
            ['closed', texts.statuses.closed],
          ]}
          choose={(next) => void navigate({ search: next === 'all' ? {} : { status: next } })}
        />
        <search className="max-sm:w-full">
          <form onSubmit={search} className="flex gap-2">
            <SearchBox key={find} name="find" label={texts.find} hint={texts.findHint} initial={find} />
            <Button type="submit">{texts.findSubmit}</Button>
          </form>
        </search>
      </div>
      <JobsTable key={`${status} ${find}`} status={status} find={find} />
    </Page>
  )
}

function JobsTable({ status, find }: Filters) {
  const { jobs: texts, common } = useTexts()
  const pages = usePages<Job>(queryOf({ status, find }))
  const columns = useJobColumns()
  const filtered = status !== undefined || find !== undefined
  return (
    <LiveTable
      caption={texts.caption}
      columns={columns}
      pages={pages}
      empty={
        filtered ? (
          <Empty
            icon="search"
            title={texts.filtered.title}
            action={
              <Link to="/jobs" className={buttonClass()}>
                {common.clearFilters}
              </Link>
            }
          />
        ) : (
          <Empty icon="jobs" title={texts.none.title} hint={texts.none.hint} />
        )
      }
    />
  )
}

/** Firestore finds no words inside a text: a ref is found exactly, a title by how it begins. */
function queryOf({ status, find }: Filters): Omit<ListQuery, 'limit' | 'after'> {
  const newest = ['createdAt', 'desc'] as const
  if (find !== undefined) {
    const ref = find.toUpperCase()
    if (isRef('jobs', ref)) return { path: 'jobs', where: [['ref', '==', ref]], order: newest }
    return {
      path: 'jobs',
      where: [
        ['title', '>=', find],
        ['title', '<', `${find}\uf8ff`],
      ],
      order: ['title', 'asc'],
    }
  }
  return { path: 'jobs', ...(status ? { where: [['status', '==', status] as const] } : {}), order: newest }
}
