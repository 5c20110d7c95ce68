import type { ReactNode } from 'react'
import type { Job } from '#domain/job.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { useEntityDocument } from '../../live/use-document.ts'
import { Facts } from '../../ui/panel.tsx'
import { salaryText } from './salary.ts'

/** Only what the source told: an absent fact has no line. */
export function JobFacts({ job }: { job: Job }) {
  const { jobs: texts } = useTexts()
  const format = useFormat()
  const known: (readonly [string, ReactNode])[] = [
    [texts.fact.company, job.company],
    [texts.fact.department, job.department],
    [texts.fact.places, job.places.length > 0 && <PlaceList places={job.places} />],
    [texts.fact.remote, job.remote && texts.remote[job.remote]],
    [texts.fact.type, job.employmentType && texts.employment[job.employmentType]],
    [texts.fact.salary, job.salary && salaryText(job.salary, format, texts)],
    [texts.fact.experience, job.experienceLevel],
    [texts.fact.education, job.educationLevel],
    [texts.fact.skills, job.skills.length > 0 && format.list(job.skills.slice(0, 15))],
    [texts.fact.posted, job.postedAt && format.instant(job.postedAt)],
    [texts.fact.closesOn, job.closesOn && format.day(job.closesOn, 'long')],
    [texts.fact.source, <SourceName key="source" source={job.source} />],
    [texts.fact.externalId, <code key="id">{job.externalId}</code>],
    [texts.fact.apply, job.applyUrl && <OutsideLink url={job.applyUrl} />],
    [texts.fact.applications, format.number(job.totals.applications)],
  ]
  return <Facts items={known.filter(([, value]) => Boolean(value))} />
}

function PlaceList({ places }: { places: Job['places'] }) {
  const { common } = useTexts()
  const named = places.slice(0, 4).map((place) => place.text)
  return (
    <>
      {named.join('; ')} {places.length > 4 && common.more(places.length - 4)}
    </>
  )
}

export function OutsideLink({ url }: { url: string }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className="text-accent underline decoration-accent/40 hover:decoration-accent"
    >
      {new URL(url).hostname}
    </a>
  )
}

/** A feed's name; the words for what comes from no feed. */
function SourceName({ source }: { source: string }) {
  const { jobs } = useTexts()
  const word = wordFor(jobs.sources, source)
  const feed = useEntityDocument('feeds', word ? null : source)
  const name = feed.data && feed.data !== 'absent' ? feed.data.name : source
  return word ?? name
}
