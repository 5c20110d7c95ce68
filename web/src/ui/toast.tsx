import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react'
import { Button, IconButton } from './button.tsx'

export interface Toast {
  text: string
  /** Such as undoing what was just done. */
  action?: { label: string; run: () => void }
}

interface Shown extends Toast {
  id: number
}

const LONG_MS = 10_000
const SHORT_MS = 5_000

const ToastContext = createContext<(toast: Toast) => void>(() => {})

/** Own, because the ready-made ones write a style element, which the content security policy refuses. */
export function ToastProvider({ closeLabel, children }: { closeLabel: string; children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([])
  const next = useRef(1)
  const remove = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), [])
  const show = useCallback(
    (toast: Toast) => {
      const id = next.current++
      setShown((all) => [...all.slice(-2), { ...toast, id }])
      setTimeout(() => remove(id), toast.action ? LONG_MS : SHORT_MS)
    },
    [remove],
  )
  return (
    <ToastContext value={show}>
      {children}
      <div
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex flex-col items-center gap-2 px-4"
      >
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} closeLabel={closeLabel} close={() => remove(toast.id)} />
        ))}
      </div>
    </ToastContext>
  )
}

function ToastCard({ toast, closeLabel, close }: { toast: Toast; closeLabel: string; close: () => void }) {
  const { action } = toast
  const act = useMemo(
    () =>
      action &&
      (() => {
        close()
        action.run()
      }),
    [action, close],
  )
  return (
    <div className="pointer-events-auto flex max-w-lg items-center gap-2 rounded-lg border border-line bg-surface py-1.5 ps-4 pe-1.5 text-sm shadow-floating">
      <span>{toast.text}</span>
      {action && act && (
        <Button kind="quiet" className="text-accent!" onClick={act}>
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label={closeLabel} onClick={close} />
    </div>
  )
}

export const useToast = (): ((toast: Toast) => void) => use(ToastContext)
