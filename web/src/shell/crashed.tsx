import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTexts } from '../i18n/language.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'

/** One screen that failed; the rest of the console stays usable. */
export function Crashed({ error, reset }: ErrorComponentProps) {
  const { shell } = useTexts()
  return (
    <div role="alert">
      <Empty
        page
        icon="alert"
        title={shell.crashed.title}
        hint={shell.crashed.hint}
        action={<Button onClick={reset}>{shell.crashed.retry}</Button>}
      />
      <pre className="mx-auto max-w-3xl px-4 text-xs whitespace-pre-wrap text-muted">{String(error)}</pre>
    </div>
  )
}
