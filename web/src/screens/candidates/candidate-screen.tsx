import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Candidate } from '#domain/candidate.ts'
import { useFormat, useSpeech, useTexts } from '../../i18n/language.tsx'
import { useByIdOrRef } from '../../live/use-by-id-or-ref.ts'
import { useEntityDocument } from '../../live/use-document.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { EntityPage } from '../../ui/entity-page.tsx'
import { Page } from '../../ui/page.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { Timeline } from '../audit/timeline.tsx'
import { CandidateApplications } from './candidate-applications.tsx'
import { ContactPanel } from './contact-panel.tsx'

const route = getRouteApi('/candidates/$id')

export function CandidateScreen() {
  const { candidates: texts } = useTexts()
  const { id } = route.useParams()
  const live = useByIdOrRef('candidates', id)
  const above = <BackLink to="/candidates" label={texts.back} />
  return (
    <EntityPage live={live} title={texts.title} above={above}>
      {(candidate: Candidate) => (
        <Page title={`${texts.unnamed} ${candidate.ref}`} above={above} lead={candidate.desiredPosition ?? undefined}>
          <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
            <div className="flex min-w-0 flex-col gap-4">
              <Panel title={texts.facts}>
                <Profile candidate={candidate} />
              </Panel>
              <CandidateApplications candidateId={candidate.id} />
            </div>
            <div className="flex min-w-0 flex-col gap-4">
              <ContactPanel key={candidate.id} candidateId={candidate.id} />
              <Timeline paths={[`candidates/${candidate.id}`]} />
            </div>
          </div>
        </Page>
      )}
    </EntityPage>
  )
}

function Profile({ candidate }: { candidate: Candidate }) {
  const { candidates: texts, jobs } = useTexts()
  const format = useFormat()
  const { membership } = candidate
  const facts: (readonly [string, ReactNode])[] = [
    [texts.fact.place, candidate.place?.text],
    [
      texts.fact.experience,
      candidate.yearsExperience !== null && texts.years(format.number(candidate.yearsExperience)),
    ],
    [texts.fact.education, candidate.educationLevel && texts.education[candidate.educationLevel]],
    [texts.fact.primarySkill, candidate.primarySkill],
    [texts.fact.skills, candidate.skills.length > 0 && format.list(candidate.skills)],
    [
      texts.fact.salary,
      candidate.desiredSalary &&
        `${format.money(candidate.desiredSalary)} ${jobs.period[candidate.desiredSalary.period]}`,
    ],
    [texts.fact.languages, candidate.languages.length > 0 && format.list(candidate.languages)],
    [texts.fact.availability, candidate.availability],
    [texts.fact.segment, membership ? <SegmentName key="segment" id={membership.segment} /> : texts.noSegment],
    [
      texts.fact.consents,
      candidate.consents.length > 0
        ? format.list(candidate.consents.map((purpose) => texts.consents[purpose]))
        : texts.noConsent,
    ],
    [texts.fact.source, candidate.source],
    [texts.fact.received, format.instant(candidate.createdAt)],
  ]
  return <Facts items={facts.filter(([, value]) => Boolean(value))} />
}

function SegmentName({ id }: { id: string }) {
  const { language } = useSpeech()
  const { data } = useEntityDocument('segments', id)
  const name = data && data !== 'absent' ? data.name[language] : '…'
  return (
    <Link
      to="/candidates"
      search={{ segment: id }}
      className="text-accent underline decoration-accent/40 hover:decoration-accent"
    >
      {name}
    </Link>
  )
}
