import { createContext, type ReactNode, use } from 'react'
import type { Org } from '#domain/org.ts'
import { ZoneProvider } from '../i18n/language.tsx'
import { useDocument } from '../live/use-document.ts'

const OrgContext = createContext<Org | null>(null)

/** The organisation's name, currency and time zone, followed live; null until the server has said them. */
export function OrgProvider({ children }: { children: ReactNode }) {
  const { data } = useDocument<Org>('')
  const org = data === null || data === 'absent' ? null : data
  return (
    <OrgContext value={org}>
      <ZoneProvider timeZone={org?.timeZone}>{children}</ZoneProvider>
    </OrgContext>
  )
}

export const useOrg = (): Org | null => use(OrgContext)
