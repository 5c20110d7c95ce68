import { type ChangeEvent, useId, useRef, useState } from 'react'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

/** The API's own limit of a body. */
const MOST_BYTES = 1_048_576
const TYPES = ['image/png', 'image/jpeg']

interface Uploaded {
  id: string
  width: number
  height: number
  thumbnail: string
}

const upload = (call: Call, file: File): Promise<Uploaded> =>
  call<Uploaded>({ method: 'POST', path: '/v1/images', bytes: file })

interface Props {
  image: string | null
  choose: (image: string | null) => void
  error: string | undefined
}

export function ImageField({ image, choose, error }: Props) {
  const { campaignForm: texts } = useTexts()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState(false)
  const { run, busy, problem } = useAction(upload)

  const pick = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0]
    event.currentTarget.value = ''
    if (!file) return
    const refused = !TYPES.includes(file.type) || file.size > MOST_BYTES
    setWrong(refused)
    if (refused) return
    const uploaded = await run(file)
    if (uploaded) choose(uploaded.id)
  }

  const message = wrong ? texts.imageWrong : error
  return (
    <div className="flex flex-col gap-1 sm:col-span-2">
      <label htmlFor={id} className="text-sm font-medium">
        {texts.image}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        accept={TYPES.join()}
        aria-describedby={`${id}-hint`}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => void pick(event)}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button icon="image" busy={busy} onClick={() => input.current?.click()}>
          {busy ? texts.imageBusy : image ? texts.imageOther : texts.imagePick}
        </Button>
        {image && (
          <Button kind="quiet" onClick={() => choose(null)}>
            {texts.imageRemove}
          </Button>
        )}
        <span id={`${id}-hint`} className="text-xs text-muted">
          {texts.imageHint}
        </span>
      </div>
      {message && (
        <p role="alert" className="text-xs font-medium text-bad">
          {message}
        </p>
      )}
      <ProblemNote error={problem} />
    </div>
  )
}
