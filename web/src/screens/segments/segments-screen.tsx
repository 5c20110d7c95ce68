import type { Segment, TrainingState } from '#domain/segment.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useList } from '../../live/use-list.ts'
import { useSession } from '../../session/session.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { Shown } from '../../ui/shown.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ACTIVE_SEGMENTS } from './active-segments.ts'
import { SegmentCard } from './segment-card.tsx'
import { TrainButton } from './train-button.tsx'

export function SegmentsScreen() {
  const { segments: texts } = useTexts()
  const { may } = useSession()
  const live = useList<Segment>(ACTIVE_SEGMENTS)
  return (
    <Page title={texts.title} lead={texts.lead} actions={may('models:train') && <TrainButton />}>
      <LastDecision />
      <Shown
        live={live}
        skeleton={
          <div className="grid gap-4 md:grid-cols-2">
            <Skeleton className="h-72" />
            <Skeleton className="h-72" />
          </div>
        }
        isEmpty={(segments) => segments.length === 0}
        empty={<Empty icon="segments" title={texts.none.title} hint={texts.none.hint} />}
      >
        {(segments) => (
          <>
            <div className="flex flex-wrap justify-between gap-2 text-xs text-muted">
              <p className="max-w-3xl">{texts.note}</p>
              <p>{texts.legend}</p>
            </div>
            <ul className="grid gap-4 md:grid-cols-2">
              {segments.toSorted(bySize).map((segment) => (
                <li key={segment.id}>
                  <SegmentCard segment={segment} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Shown>
    </Page>
  )
}

const bySize = (a: Segment, b: Segment): number => b.evidence.size - a.evidence.size

/** When the model was trained last, or why it was not. */
function LastDecision() {
  const { segments: texts } = useTexts()
  const format = useFormat()
  const states = useList<TrainingState>({ path: 'training', order: ['id', 'asc'], limit: 1 })
  const decision = states.data?.[0]?.lastDecision
  if (!decision) return null
  return (
    <p className="text-xs text-muted">
      {texts.lastTraining(format.instant(decision.at))} · {decision.trained ? texts.didTrain : texts.didNotTrain}{' '}
      <span lang="en">({decision.reason})</span>
    </p>
  )
}
