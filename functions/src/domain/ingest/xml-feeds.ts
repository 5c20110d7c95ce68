import { headersOf } from './columns.ts'
import { instantOf } from './dates.ts'
import { remoteKind } from './employment.ts'
import { mapFlat } from './flat.ts'
import { type Mapped, type MappingContext, posting, rejected } from './mapped.ts'
import { salaryOf } from './money-text.ts'
import { placesFromText } from './place.ts'
import { webUrl } from './text.ts'

/** An XML element as data: text, or its children by name; a child that occurs twice is a list. */
export type XmlValue = string | XmlRecord | XmlValue[]
export interface XmlRecord {
  [name: string]: XmlValue
}

/** How the records of an XML feed lie in it. */
export interface XmlFormat {
  /** Names of root elements that tell the format. */
  roots: readonly string[]
  /** Names of the elements that are its records. */
  records: readonly string[]
  map(record: XmlRecord, context: MappingContext): Mapped
}

/** docs.indeed.com XML feeds, and the near relatives of LinkedIn and Jooble: flat elements below `<job>`. */
export const indeedXml: XmlFormat = {
  roots: ['source', 'jobs'],
  records: ['job'],
  map: (record, context) => mapFlat(withId(record), headersOf(Object.keys(withId(record))), context),
}

/** Jooble carries the id as an attribute. */
const withId = (record: XmlRecord): XmlRecord =>
  typeof record['@id'] === 'string' && !headersOf(Object.keys(record)).id ? { ...record, id: record['@id'] } : record

const NEOGOV = 'joblisting:'
const SECTIONS = [
  ['examplesofduties', 'Duties'],
  ['qualifications', 'Qualifications'],
  ['supplementalinformation', 'Supplemental information'],
] as const
const RSS_READ = [
  ...['guid', 'link', 'title', 'description', 'content:encoded', 'pubDate'],
  ...['jobId', 'department', 'location', 'advertiseToDateTimeUTC', ...SECTIONS.map(([name]) => name)].map(
    (name) => NEOGOV + name,
  ),
]
const SALARY_READ = ['minimumSalary', 'maximumSalary', 'salaryCurrency', 'salaryInterval'].map((name) => NEOGOV + name)

/** RSS 2.0 with NEOGOV's joblisting namespace where it is used. */
function mapItem(item: XmlRecord, context: MappingContext): Mapped {
  const text = (name: string): string => {
    const value = item[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const listing = (name: string): string => text(NEOGOV + name)
  const externalId = listing('jobId') || text('guid') || text('link')
  if (!externalId) return rejected('', 'neither jobId, guid nor link', 'Give each item a guid.')
  const title = context.decode(text('title'))
  if (!title) return rejected('/title', 'no title', 'An opening needs a title.')
  const sections = SECTIONS.flatMap(([name, heading]) => (listing(name) ? [`<h3>${heading}</h3>${listing(name)}`] : []))
  const until = listing('advertiseToDateTimeUTC')
  const closes = instantOf(until)
  if (until && !/^continuous$/i.test(until) && !closes)
    return rejected(`/${NEOGOV}advertiseToDateTimeUTC`, `${until.slice(0, 40)} is not a date`, 'Write it as RFC 2822.')
  const salary = salaryOf({
    min: listing('minimumSalary'),
    max: listing('maximumSalary'),
    currency: listing('salaryCurrency'),
    period: listing('salaryInterval'),
  })
  const read = [...RSS_READ, ...(salary ? SALARY_READ : [])]
  return posting({
    externalId,
    title,
    department: listing('department') || null,
    description: context.html([text('content:encoded') || text('description'), ...sections].join('')),
    places: placesFromText(listing('location')),
    remote: remoteKind(listing('location')),
    salary,
    applyUrl: webUrl(text('link')) ?? webUrl(text('guid')),
    postedAt: instantOf(text('pubDate')),
    closesOn: closes && lastWholeDay(closes),
    extra: Object.fromEntries(Object.entries(item).filter(([name]) => !read.includes(name))),
  })
}

/** An advertisement that ends at 04:59 UTC was open the evening before, where it is read: the day of the hour twelve hours earlier. */
const lastWholeDay = (instant: string): string => new Date(Date.parse(instant) - 43_200_000).toISOString().slice(0, 10)

export const rss: XmlFormat = { roots: ['rss', 'RDF'], records: ['item'], map: mapItem }

export const XML_FORMATS = { 'indeed-xml': indeedXml, rss } as const
export type XmlFormatName = keyof typeof XML_FORMATS

/** Names of namespaces whose elements keep a fixed prefix, whatever the document calls them. */
export const NAMESPACES: Record<string, string> = {
  'http://www.neogov.com/namespaces/JobListing': 'joblisting',
  'http://purl.org/rss/1.0/modules/content/': 'content',
}
