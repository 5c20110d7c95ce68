import { useState } from 'react'
import type { ProblemError } from '../api/problem.ts'
import { useTexts } from '../i18n/language.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

interface Props {
  error: ProblemError | null
  retry?: (() => void) | undefined
  /** The findings stand at their fields already. */
  atFields?: boolean
}

/** What went wrong, what to do, and the code that finds it in our logs. */
export function ProblemNote({ error, retry, atFields = false }: Props) {
  const { problems: texts } = useTexts()
  if (!error) return null
  const { problem } = error
  const known = problem.title === 'unreachable' ? texts.unreachable : texts.unexpected
  const own = problem.status === 0
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-bad/40 bg-bad-soft px-4 py-3 text-sm">
      <span className="pt-0.5 text-bad">
        <Icon name="alert" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium text-bad">{own ? known.title : problem.title}</p>
        {problem.detail && <p>{problem.detail}</p>}
        {!atFields && problem.problems && problem.problems.length > 0 && (
          <ul className="list-disc ps-4">
            {problem.problems.slice(0, 8).map((item) => (
              <li key={`${item.at} ${item.message}`}>
                <code className="text-xs">{item.at}</code> {item.message} {item.remedy}
              </li>
            ))}
          </ul>
        )}
        {(own || (problem.remedy && !atFields)) && <p className="text-muted">{own ? known.remedy : problem.remedy}</p>}
        <div className="flex flex-wrap items-center gap-2">
          {retry && (
            <Button kind="secondary" onClick={retry}>
              {texts.retry}
            </Button>
          )}
          {problem.correlationId && <CopyCode code={problem.correlationId} />}
        </div>
      </div>
    </div>
  )
}

function CopyCode({ code }: { code: string }) {
  const { problems: texts } = useTexts()
  const [copied, setCopied] = useState(false)
  const copy = () => {
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <button
      type="button"
      onClick={copy}
      className="inline-flex min-h-6 items-center gap-1 rounded-sm text-xs text-muted hover:text-ink"
    >
      <Icon name={copied ? 'check' : 'copy'} className="size-3.5" />
      {copied ? texts.copied : texts.code} <code title={code}>{code.slice(0, 8)}</code>
    </button>
  )
}
