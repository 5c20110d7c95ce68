import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  title: string
  /** Above the title: where one came from. */
  above?: ReactNode
  /** Beside the title: status and ref. */
  beside?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

let firstPage = true

/** A screen: its title is the document's, and takes the focus after a navigation, so that a reader hears where it is. */
export function Page({ title, above, beside, lead, actions, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · AdFlux`
  }, [title])
  useEffect(() => {
    if (firstPage) firstPage = false
    else heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-4 px-4 py-5 sm:px-6">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          {above && <div className="mb-1 text-sm">{above}</div>}
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-tight">
              {title}
            </h1>
            {beside}
          </div>
          {lead && <p className="mt-0.5 max-w-3xl text-sm text-muted">{lead}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
