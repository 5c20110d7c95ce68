import { useCallback, useState } from 'react'
import type { Job } from '#domain/job.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'

export function JobActions({ job }: { job: Job }) {
  const { jobs: texts } = useTexts()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const work = useCallback(
    (call: Call, move: 'close' | 'reopen') =>
      call<Job>({ method: 'POST', path: `/v1/jobs/${job.id}/${move}`, body: {} }),
    [job.id],
  )
  const { run, busy, problem } = useAction(work)
  const close = async () => {
    if (await run('close')) toast({ text: texts.closed(job.ref) })
  }
  const reopen = async () => {
    if (await run('reopen')) toast({ text: texts.reopened(job.ref) })
  }
  return (
    <>
      {job.status === 'open' ? (
        <Button icon="stop" busy={busy} onClick={() => setAsking(true)}>
          {texts.close}
        </Button>
      ) : (
        <Button icon="refresh" busy={busy} onClick={() => void reopen()}>
          {texts.reopen}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        title={texts.closeAsk.title(job.ref)}
        close={() => setAsking(false)}
        confirm={{ label: texts.closeAsk.confirm, run: () => void close() }}
      >
        {texts.closeAsk.hint}
      </ConfirmDialog>
      {problem && (
        <div className="basis-full">
          <ProblemNote error={problem} />
        </div>
      )}
    </>
  )
}
