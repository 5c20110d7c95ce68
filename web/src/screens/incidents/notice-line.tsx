import { useCallback } from 'react'
import type { Notice } from '#domain/incident.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { AboutLink } from './about-link.tsx'
import { RetryButton } from './retry-button.tsx'
import { TroubleLine } from './trouble-line.tsx'

interface Props {
  notice: Notice
  /** Null = not known. */
  isOpen: boolean | null
}

/** What the administrators were told; it goes for all of them when one has read it. */
export function NoticeLine({ notice, isOpen }: Props) {
  const { dashboard: texts } = useTexts()
  const format = useFormat()
  const { id, kind, subject, incident, at } = notice
  const work = useCallback(
    (call: Call) => call<Notice>({ method: 'POST', path: `/v1/notices/${id}/read`, body: {} }),
    [id],
  )
  const { run, busy, problem } = useAction(work)
  const words = [
    texts.notices.toAdministrators,
    format.instant(at),
    isOpen !== null && (isOpen ? texts.notices.open : texts.notices.over),
  ]
  return (
    <TroubleLine trouble={notice} icon="alert" about={words.filter(Boolean).join(' · ')}>
      {isOpen !== false && <RetryButton id={incident} kind={kind} />}
      <AboutLink kind={kind} subject={subject} />
      <Button kind="quiet" icon="check" busy={busy} onClick={() => void run()}>
        {texts.notices.read}
      </Button>
      <ProblemNote error={problem} />
    </TroubleLine>
  )
}
