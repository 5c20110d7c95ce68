import { Link } from '@tanstack/react-router'
import type { Application } from '#domain/candidate.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useEntityDocument } from '../../live/use-document.ts'
import { useList } from '../../live/use-list.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shown } from '../../ui/shown.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'

export function CandidateApplications({ candidateId }: { candidateId: string }) {
  const { candidates: texts } = useTexts()
  const format = useFormat()
  const live = useList<Application>({
    path: 'applications',
    where: [['candidateId', '==', candidateId]],
    order: ['appliedAt', 'desc'],
    limit: 20,
  })
  const columns: Column<Application>[] = [
    { key: 'ref', head: texts.applicationHead.ref, header: true, cell: (application) => application.ref },
    {
      key: 'job',
      head: texts.applicationHead.job,
      cell: (application) => <JobLink id={application.jobId} />,
    },
    { key: 'stage', head: texts.applicationHead.stage, cell: (application) => texts.stages[application.stage] },
    { key: 'source', head: texts.applicationHead.source, cell: (application) => application.source },
    {
      key: 'applied',
      head: texts.applicationHead.applied,
      align: 'end',
      cell: (application) => format.instant(application.appliedAt),
    },
  ]
  return (
    <Panel title={texts.applications} flush>
      <Shown
        live={live}
        skeleton={<SkeletonRows rows={2} />}
        isEmpty={(rows) => rows.length === 0}
        empty={<p className="px-4 pb-3 text-sm text-muted">{texts.noApplications}</p>}
      >
        {(rows) => <DataTable caption={texts.applications} columns={columns} rows={rows} keyOf={(row) => row.id} />}
      </Shown>
    </Panel>
  )
}

function JobLink({ id }: { id: string }) {
  const { data } = useEntityDocument('jobs', id)
  return (
    <Link to="/jobs/$id" params={{ id }} className="text-accent underline decoration-accent/40 hover:decoration-accent">
      {data && data !== 'absent' ? data.title : '…'}
    </Link>
  )
}
