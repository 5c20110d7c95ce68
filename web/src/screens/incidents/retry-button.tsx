import { useCallback } from 'react'
import type { Incident } from '#domain/incident.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useTexts } from '../../i18n/language.tsx'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'

/** The incidents whose work was given up and can be asked for again, under the incident's own id. */
const RETRIED: readonly Incident['kind'][] = ['platform_auth', 'dead_letter']

/** Asks for the work again; the incident goes when the work has succeeded, not when it was asked for. */
export function RetryButton({ id, kind }: Pick<Incident, 'id' | 'kind'>) {
  const { dashboard: texts } = useTexts()
  const { may } = useSession()
  const toast = useToast()
  const work = useCallback(
    (call: Call) => call<{ id: string }>({ method: 'POST', path: `/v1/tasks/${id}/redrive`, body: {} }),
    [id],
  )
  const { run, busy, problem } = useAction(work)
  if (!RETRIED.includes(kind) || !may('tasks:redrive')) return null
  const retry = async () => {
    if (await run()) toast({ text: texts.incidents.retried })
  }
  return (
    <>
      <Button icon="refresh" busy={busy} onClick={() => void retry()}>
        {texts.incidents.retry}
      </Button>
      {problem && (
        <div className="basis-full">
          <ProblemNote error={problem} />
        </div>
      )}
    </>
  )
}
