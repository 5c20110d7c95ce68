import type { ReactNode } from 'react'
import { useTexts } from '../i18n/language.tsx'
import type { Found } from '../live/use-document.ts'
import type { Live } from '../live/use-watch.ts'
import { Empty } from './empty.tsx'
import { Page } from './page.tsx'
import { Shown } from './shown.tsx'
import { Skeleton } from './skeleton.tsx'

interface Props<T> {
  live: Live<Found<T>>
  /** The screen's name until the entity's own is known. */
  title: string
  above: ReactNode
  children: (entity: T) => ReactNode
}

/** The screen of one entity, with what is shown while it is not known, not allowed, or not there. */
export function EntityPage<T extends object>({ live, title, above, children }: Props<T>) {
  const { states } = useTexts()
  if (live.data !== null && live.data !== 'absent' && live.state !== 'denied') return children(live.data)
  return (
    <Page title={title} above={above}>
      <Shown
        live={live}
        skeleton={
          <div className="flex flex-col gap-4">
            <Skeleton className="h-28 w-full" />
            <Skeleton className="h-64 w-full" />
          </div>
        }
      >
        {() => <Empty icon="search" title={states.absent.title} hint={states.absent.hint} />}
      </Shown>
    </Page>
  )
}
