import type { AuditEntry } from '#domain/machinery.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { wordFor } from '../../i18n/word.ts'
import { useEntityDocument } from '../../live/use-document.ts'
import { useList } from '../../live/use-list.ts'
import type { Live } from '../../live/use-watch.ts'
import { Panel } from '../../ui/panel.tsx'
import { Shown } from '../../ui/shown.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'

const LAST = 20
/** An entity and its parts: a campaign and its channels on three platforms. */
const MOST_PATHS = 4

/** The last changes of one entity and its parts: who, what, when, why. `paths` are below the organisation. */
export function Timeline({ paths }: { paths: readonly string[] }) {
  const { audit: texts } = useTexts()
  const live = useEntries(paths)
  return (
    <Panel title={texts.title} flush>
      <Shown
        live={live}
        skeleton={<SkeletonRows rows={3} />}
        isEmpty={(entries) => entries.length === 0}
        empty={<p className="px-4 pb-3 text-sm text-muted">{texts.none}</p>}
      >
        {(entries) => (
          <ol className="divide-y divide-line">
            {entries.slice(0, LAST).map((entry) => (
              <Entry key={entry.hash} entry={entry} />
            ))}
          </ol>
        )}
      </Shown>
    </Panel>
  )
}

function useEntries(paths: readonly string[]): Live<AuditEntry[]> {
  const [a, b, c, d] = [useEntriesOf(paths[0]), useEntriesOf(paths[1]), useEntriesOf(paths[2]), useEntriesOf(paths[3])]
  const all = [a, b, c, d].slice(0, Math.min(paths.length, MOST_PATHS))
  const unknown = all.find((each) => each.data === null)
  if (unknown) return unknown
  return {
    state: all.find((each) => each.state !== 'live')?.state ?? 'live',
    data: all.flatMap((each) => each.data ?? []).toSorted((x, y) => y.at.localeCompare(x.at) || y.seq - x.seq),
  }
}

const useEntriesOf = (path: string | undefined): Live<AuditEntry[]> =>
  useList<AuditEntry>(path === undefined ? null : { path: `${path}/audit`, order: ['seq', 'desc'], limit: LAST })

function Entry({ entry }: { entry: AuditEntry }) {
  const { audit: texts, campaigns, jobs } = useTexts()
  const format = useFormat()
  const [kind = '', id = ''] = entry.actor.split(/:(.*)/)
  const why = entry.why && (wordFor(campaigns.reason, entry.why) ?? wordFor(jobs.closedReason, entry.why) ?? entry.why)
  const moved = statusMove(entry, { ...campaigns.status, ...jobs.status })
  const changed = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])].filter(
    (field) => !MACHINE_FIELDS.includes(field),
  )
  const named = (field: string) => wordFor(texts.fields, field) ?? field
  return (
    <li className="px-4 py-2.5 text-sm">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{wordFor(texts.actions, entry.action) ?? entry.action}</span>
        <time dateTime={entry.at} className="text-xs text-muted">
          {format.instant(entry.at)}
        </time>
      </p>
      <p className="text-xs text-muted">
        <Actor kind={kind} id={id} />
        {[moved, MACHINE_WHY.test(entry.why ?? '') ? null : why].filter(Boolean).map((text) => ` · ${text}`)}
      </p>
      {entry.seq > 1 && changed.length > 0 && (
        <details className="mt-1 text-xs">
          <summary className="inline-flex min-h-6 items-center text-muted hover:text-ink">
            {texts.changed}: {changed.slice(0, 4).map(named).join(', ')}
          </summary>
          <dl className="mt-1 grid gap-1">
            {changed.map((field) => (
              <div key={field}>
                <dt className="font-medium">{named(field)}</dt>
                <dd className="max-h-32 overflow-y-auto text-muted">
                  <del>{shown(entry.before[field])}</del>{' '}
                  <ins className="text-ink no-underline">{shown(entry.after[field])}</ins>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}

/** A person by their address, everything else by its kind and id. */
function Actor({ kind, id }: { kind: string; id: string }) {
  const { audit: texts } = useTexts()
  const { data } = useEntityDocument('members', kind === 'user' ? id : null)
  if (data && data !== 'absent') return data.email
  return `${wordFor(texts.actors, kind) ?? kind}${kind === 'system' ? '' : ` ${id}`}`
}

/** What the status change itself says already. */
const MACHINE_WHY = /^([A-Z]+|every channel is [A-Z]+)$/

/** "Processing → Active", where the entry changed a status. */
function statusMove({ before, after }: AuditEntry, words: Readonly<Record<string, string>>): string | null {
  const [from, to] = [before.status, after.status]
  if (typeof to !== 'string' || typeof from !== 'string') return null
  return `${wordFor(words, from) ?? from} → ${wordFor(words, to) ?? to}`
}

const MACHINE_FIELDS = ['updatedAt', 'version', 'auditHash', 'epoch', 'lease', 'wakeAt', 'correlationId', 'rawHash']

const shown = (value: unknown): string =>
  value === undefined || value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value)
