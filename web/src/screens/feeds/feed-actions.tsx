import { useCallback, useState } from 'react'
import type { Feed, IngestCounts } from '#domain/feed.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'

export function FeedActions({ feed }: { feed: Feed }) {
  const { feeds: texts } = useTexts()
  const format = useFormat()
  const toast = useToast()
  const [asking, setAsking] = useState<'remove' | 'close' | null>(null)
  const path = `/v1/feeds/${feed.id}`
  const pull = useAction(
    useCallback(
      (call: Call, closeAbsent: boolean) =>
        call<IngestCounts>({ method: 'POST', path: `${path}/pull`, body: { closeAbsent } }),
      [path],
    ),
  )
  const remove = useAction(
    useCallback(
      async (call: Call) => {
        await call({ method: 'DELETE', path })
        return true
      },
      [path],
    ),
  )
  const pullNow = async (closeAbsent: boolean) => {
    const counts = await pull.run(closeAbsent)
    if (counts) toast({ text: texts.pulled(feed.name, format.number(counts.received), format.number(counts.created)) })
  }
  const removeNow = async () => {
    if (await remove.run()) toast({ text: texts.removed(feed.name) })
  }
  const held = format.number(feed.health.held)
  return (
    <div className="-my-1.5 flex flex-col items-end gap-1 max-sm:items-start">
      <div className="flex items-center gap-1">
        {feed.url && (
          <Button kind="quiet" icon="refresh" busy={pull.busy} onClick={() => void pullNow(false)}>
            {pull.busy ? texts.pulling : texts.pull}
          </Button>
        )}
        <IconButton icon="trash" label={`${texts.remove} ${feed.name}`} onClick={() => setAsking('remove')} />
      </div>
      {feed.health.held > 0 && (
        <Button disabled={pull.busy} onClick={() => setAsking('close')}>
          {texts.closeHeld}
        </Button>
      )}
      <ConfirmDialog
        open={asking === 'remove'}
        title={texts.removeAsk.title(feed.name)}
        close={() => setAsking(null)}
        confirm={{ label: texts.removeAsk.confirm, kind: 'danger', run: () => void removeNow() }}
      >
        {texts.removeAsk.hint}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'close'}
        title={texts.closeHeldAsk.title(held)}
        close={() => setAsking(null)}
        confirm={{ label: texts.closeHeldAsk.confirm, kind: 'danger', run: () => void pullNow(true) }}
      >
        {texts.closeHeldAsk.hint}
      </ConfirmDialog>
      <div className="max-w-80 whitespace-normal text-start">
        <ProblemNote error={pull.problem ?? remove.problem} />
      </div>
    </div>
  )
}
