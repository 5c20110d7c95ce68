import type { Place } from '../job.ts'
import type { Column, Headers } from './columns.ts'
import { currencyOf } from './country.ts'
import { dayOf, instantOf } from './dates.ts'
import { employmentType, remoteKind } from './employment.ts'
import { type Mapped, type MappingContext, posting, rejected } from './mapped.ts'
import { salaryFromText, salaryOf } from './money-text.ts'
import { placeFromText, placeOf } from './place.ts'
import { plain, webUrl } from './text.ts'

const CLOSED =
  /^(closed|filled|inactive|archived|expired|paused|cerrad[oa]|cubiert[oa]|inactiv[oa]|vencid[oa]|finalizad[oa]|pausad[oa])$/
const NO_COMPANY = /^(confidencial|confidential|empresa confidencial|n a|na)$/

/** One record of a table or of an XML feed: values by the source's own names, and which of them holds what. */
export function mapFlat(record: Record<string, unknown>, headers: Headers, context: MappingContext): Mapped {
  const text = (column: Column): string => {
    const value = record[headers[column] ?? '']
    return typeof value === 'string' ? value.trim() : ''
  }
  const at = (column: Column): string => (headers[column] ? `/${headers[column]}` : '')
  const title = context.decode(text('title'))
  const externalId = text('id') || webUrl(text('url'))
  if (!externalId)
    return rejected(at('id'), 'no id', 'Give each opening the id that it has in your system, or its url.')
  const closed = CLOSED.test(plain(text('status')))
  const stamp = instantOf(text('updatedAt'))
  if (closed && !title) return { kind: 'close', target: { externalId }, closedReason: 'closed_by_source', stamp }
  if (!title) return { ...rejected(at('title'), 'no title', 'An opening needs a title.'), externalId }
  const closesOn = dayOf(text('closesOn'))
  if (text('closesOn') && !closesOn)
    return {
      ...rejected(at('closesOn'), `${text('closesOn').slice(0, 40)} is not a date`, 'Write it as 2026-12-31.'),
      externalId,
    }

  const place = placeIn(text)
  const company = context.decode(text('company'))
  const salary = salaryIn(text, place, context)
  const understood: Partial<Record<Column, unknown>> = {
    ...{ id: externalId, title, closesOn, company: NO_COMPANY.test(plain(company)) ? null : company, salary },
    ...{ salaryMin: salary, salaryMax: salary, currency: salary, period: salary, city: place, region: place },
    ...{ country: place?.country, location: place, status: headers.status, updatedAt: stamp, skills: true },
    ...{ department: true, experience: true, education: true, description: true, language: true },
    remote: remoteIn(text('remote')),
    employmentType: employmentType(text('employmentType')),
    url: webUrl(text('url')),
    postedAt: instantOf(text('postedAt')) ?? (dayOf(text('postedAt')) && instantOf(dayOf(text('postedAt')))),
  }
  return posting(
    {
      externalId,
      title,
      company: understood.company ? company : null,
      department: context.decode(text('department')) || null,
      description: context.html(text('description')),
      places: place ? [place] : [],
      remote: remoteIn(text('remote')) ?? remoteKind(text('employmentType')) ?? remoteKind(text('location')),
      employmentType: employmentType(text('employmentType')),
      experienceLevel: text('experience') || null,
      educationLevel: text('education') || null,
      skills: text('skills').split(/[,;|]/),
      salary,
      applyUrl: webUrl(text('url')),
      language: text('language') || null,
      postedAt: understood.postedAt as string | null,
      closesOn,
      extra: leftOver(record, headers, understood),
    },
    { status: closed ? 'closed' : 'open', stamp },
  )
}

type Text = (column: Column) => string

const remoteIn = (text: string) => (/^(true|yes|si|sí|1)$/i.test(text) ? 'remote' : remoteKind(text))

function placeIn(text: Text): Place | undefined {
  const [city, region, country, location] = [text('city'), text('region'), text('country'), text('location')]
  if (city || region) return placeOf({ text: location || null, city, region, country })
  return location ? placeFromText(location, country) : placeOf({ country })
}

/** Fields of their own before a text; a bare "$" means what it means in the job's country. */
function salaryIn(text: Text, place: Place | undefined, context: MappingContext) {
  const currency = currencyOf(place?.country) ?? context.currency
  const fields = salaryOf({
    min: text('salaryMin'),
    max: text('salaryMax'),
    currency: text('currency') || currency,
    period: text('period'),
  })
  return (
    fields ?? salaryFromText([text('salary'), text('period')].filter(Boolean).join(' '), text('currency') || currency)
  )
}

/** Every field that no column took, and every column whose value said nothing that we understood. */
function leftOver(
  record: Record<string, unknown>,
  headers: Headers,
  understood: Partial<Record<Column, unknown>>,
): Record<string, unknown> {
  const taken = new Set(
    Object.entries(headers).flatMap(([column, header]) => (understood[column as Column] ? [header] : [])),
  )
  return Object.fromEntries(Object.entries(record).filter(([field, value]) => !taken.has(field) && value !== ''))
}
