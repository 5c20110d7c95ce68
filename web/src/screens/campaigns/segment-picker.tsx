import type { Segment } from '#domain/segment.ts'
import { useFormat, useSpeech } from '../../i18n/language.tsx'
import { useList } from '../../live/use-list.ts'
import { Shown } from '../../ui/shown.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ACTIVE_SEGMENTS } from '../segments/active-segments.ts'

const MOST = 10
const TRAITS = 3

interface Props {
  chosen: readonly string[]
  choose: (segments: string[]) => void
  error: string | undefined
}

export function SegmentPicker({ chosen, choose, error }: Props) {
  const { language, texts } = useSpeech()
  const format = useFormat()
  const words = texts.campaignForm
  const live = useList<Segment>(ACTIVE_SEGMENTS)
  const toggle = (id: string) => choose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  return (
    <div className="sm:col-span-2">
      <p className="mb-2 text-xs text-muted">{words.segmentsHint}</p>
      <Shown
        live={live}
        skeleton={<Skeleton className="h-24 w-full" />}
        isEmpty={(segments) => segments.length === 0}
        empty={<p className="text-sm text-muted">{words.noSegments}</p>}
      >
        {(segments) => (
          <ul className="grid gap-2 sm:grid-cols-2">
            {segments.map((segment) => (
              <li key={segment.id}>
                <label className="flex h-full gap-2.5 rounded-md border border-control/60 px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft">
                  <input
                    type="checkbox"
                    className="mt-0.5 size-4 shrink-0 accent-accent"
                    checked={chosen.includes(segment.id)}
                    disabled={!chosen.includes(segment.id) && chosen.length >= MOST}
                    onChange={() => toggle(segment.id)}
                  />
                  <span className="min-w-0">
                    <span className="block font-medium">{segment.name[language]}</span>
                    <span className="block text-xs text-muted">
                      {[
                        words.size(format.number(segment.evidence.size)),
                        ...segment.evidence.skills.slice(0, TRAITS).map((trait) => trait.value),
                      ].join(' · ')}
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      {error && <p className="mt-1 text-xs font-medium text-bad">{error}</p>}
    </div>
  )
}
