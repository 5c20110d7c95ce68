import { getRouteApi } from '@tanstack/react-router'
import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/language.tsx'
import { Page } from '../../ui/page.tsx'
import { ConnectionsPanel } from './connections-panel.tsx'
import { KillSwitchPanel } from './kill-switch-panel.tsx'
import { MembersPanel } from './members-panel.tsx'
import { PreferencesPanel } from './preferences-panel.tsx'
import { SchedulesPanel } from './schedules-panel.tsx'
import { SETTINGS_TABS, type SettingsTab } from './tabs.ts'

const route = getRouteApi('/settings')

const PANELS: Record<SettingsTab, () => ReactNode> = {
  connections: ConnectionsPanel,
  guards: KillSwitchPanel,
  schedules: SchedulesPanel,
  members: MembersPanel,
  preferences: PreferencesPanel,
}

export function SettingsScreen() {
  const { settings: texts } = useTexts()
  const { tab = 'connections' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Tabs.Root value={tab} onValueChange={(next) => void navigate({ search: { tab: next as SettingsTab } })}>
        <Tabs.List aria-label={texts.title} className="mb-4 flex gap-1 overflow-x-auto border-b border-line">
          {SETTINGS_TABS.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="min-h-9 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {texts.tabs[name]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {SETTINGS_TABS.map((name) => {
          const Content = PANELS[name]
          return (
            <Tabs.Content key={name} value={name}>
              <Content />
            </Tabs.Content>
          )
        })}
      </Tabs.Root>
    </Page>
  )
}
