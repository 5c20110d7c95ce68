import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useToast } from '../../ui/toast.tsx'

interface Trained {
  k: number
  n: number
}

const train = (call: Call): Promise<Trained> => call<Trained>({ method: 'POST', path: '/v1/models/train', body: {} })

export function TrainButton() {
  const { segments: texts } = useTexts()
  const format = useFormat()
  const toast = useToast()
  const { run, busy, problem } = useAction(train)
  const press = async () => {
    const done = await run()
    if (done) toast({ text: texts.trained(format.number(done.k), format.number(done.n)) })
  }
  return (
    <>
      <Button icon="refresh" busy={busy} onClick={() => void press()}>
        {busy ? texts.training : texts.train}
      </Button>
      {problem && (
        <div className="basis-full">
          <ProblemNote error={problem} />
        </div>
      )}
    </>
  )
}
