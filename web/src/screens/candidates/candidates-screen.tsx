import { getRouteApi, Link } from '@tanstack/react-router'
import type { Candidate } from '#domain/candidate.ts'
import type { Segment } from '#domain/segment.ts'
import type { Where } from '../../backend.ts'
import { useFormat, useSpeech, useTexts } from '../../i18n/language.tsx'
import { useList } from '../../live/use-list.ts'
import { usePages } from '../../live/use-pages.ts'
import { buttonClass } from '../../ui/button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SelectField } from '../../ui/field.tsx'
import { LiveTable } from '../../ui/live-table.tsx'
import { Page } from '../../ui/page.tsx'
import { ACTIVE_SEGMENTS } from '../segments/active-segments.ts'

const route = getRouteApi('/candidates')

export function CandidatesScreen() {
  const { language, texts } = useSpeech()
  const { segment } = route.useSearch()
  const navigate = route.useNavigate()
  const segments = useList<Segment>(ACTIVE_SEGMENTS)
  return (
    <Page title={texts.candidates.title} lead={texts.candidates.lead}>
      <div className="max-w-sm">
        <SelectField
          label={texts.candidates.segment}
          value={segment ?? ''}
          onChange={(event) => {
            const chosen = event.currentTarget.value
            void navigate({ search: chosen ? { segment: chosen } : {} })
          }}
        >
          <option value="">{texts.candidates.allSegments}</option>
          {segments.data?.map((item) => (
            <option key={item.id} value={item.id}>
              {item.name[language]}
            </option>
          ))}
        </SelectField>
      </div>
      <CandidatesTable key={segment} segment={segment} names={nameOf(segments.data, language)} />
    </Page>
  )
}

const nameOf =
  (segments: readonly Segment[] | null, language: 'es' | 'en') =>
  (id: string): string | undefined =>
    segments?.find((segment) => segment.id === id)?.name[language]

function CandidatesTable(props: { segment: string | undefined; names: (id: string) => string | undefined }) {
  const { candidates: texts, common } = useTexts()
  const where: Where[] = props.segment ? [['segment', '==', props.segment]] : []
  const pages = usePages<Candidate>({ path: 'candidates', where, order: ['createdAt', 'desc'] })
  const columns = useColumns(props.names)
  return (
    <LiveTable
      caption={texts.caption}
      columns={columns}
      pages={pages}
      empty={
        props.segment ? (
          <Empty
            icon="search"
            title={texts.filtered.title}
            action={
              <Link to="/candidates" className={buttonClass()}>
                {common.clearFilters}
              </Link>
            }
          />
        ) : (
          <Empty icon="candidates" title={texts.none.title} hint={texts.none.hint} />
        )
      }
    />
  )
}

function useColumns(names: (id: string) => string | undefined): Column<Candidate>[] {
  const { candidates: texts, common } = useTexts()
  const format = useFormat()
  return [
    {
      key: 'ref',
      head: texts.head.ref,
      header: true,
      cell: (candidate) => (
        <Link
          to="/candidates/$id"
          params={{ id: candidate.id }}
          className="whitespace-nowrap hover:text-accent hover:underline"
        >
          {candidate.ref}
        </Link>
      ),
    },
    { key: 'position', head: texts.head.position, cell: (candidate) => candidate.desiredPosition ?? '—' },
    {
      key: 'place',
      head: texts.head.place,
      cell: (candidate) => candidate.place?.city ?? candidate.place?.text ?? '—',
    },
    {
      key: 'skills',
      head: texts.head.skills,
      cell: ({ skills }) =>
        skills.length === 0
          ? '—'
          : [skills.slice(0, 3).join(', '), skills.length > 3 && common.more(skills.length - 3)]
              .filter(Boolean)
              .join(' '),
    },
    {
      key: 'experience',
      head: texts.head.experience,
      align: 'end',
      cell: ({ yearsExperience }) => (yearsExperience === null ? '—' : texts.years(format.number(yearsExperience))),
    },
    {
      key: 'segment',
      head: texts.head.segment,
      cell: ({ membership }) =>
        membership ? (names(membership.segment) ?? '—') : <span className="text-muted">{texts.noSegment}</span>,
    },
    {
      key: 'created',
      head: texts.head.created,
      align: 'end',
      cell: (candidate) => format.instant(candidate.createdAt),
    },
  ]
}
