import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTexts } from '../i18n/language.tsx'
import { Button, type ButtonKind } from './button.tsx'

interface Props {
  open: boolean
  title: string
  confirm: { label: string; kind?: ButtonKind; run: () => void }
  close: () => void
  children: ReactNode
}

/** The browser's own dialog: it keeps the focus inside, gives it back, and closes on Escape. */
export function ConfirmDialog({ open, title, confirm, close, children }: Props) {
  const { common } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={close}
      className="m-auto w-full max-w-md rounded-lg border border-line bg-surface p-5 text-ink shadow-floating"
    >
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {open && <div className="mt-2 text-sm text-muted">{children}</div>}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={close}>{common.cancel}</Button>
        <Button
          kind={confirm.kind ?? 'primary'}
          onClick={() => {
            close()
            confirm.run()
          }}
        >
          {confirm.label}
        </Button>
      </div>
    </dialog>
  )
}
