import { useState } from 'react'
import { useFormat, useSpeech } from '../../i18n/language.tsx'
import { useOrg } from '../../session/org.tsx'
import { useSession } from '../../session/session.tsx'
import { Chips } from '../../ui/chips.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { keptTheme, type Theme, wearTheme } from '../../ui/theme.ts'
import { DailyCapForm } from './daily-cap-form.tsx'

export function PreferencesPanel() {
  const { texts, language, speak } = useSpeech()
  const { shell, settings } = texts
  const org = useOrg()
  const { may } = useSession()
  const format = useFormat()
  const [theme, setTheme] = useState<Theme>(keptTheme)
  const wear = (next: Theme) => {
    wearTheme(next)
    setTheme(next)
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title={settings.preferences.title}>
        <div className="flex flex-col gap-4">
          <div>
            <p className="pb-1 text-sm text-muted">{shell.language}</p>
            <Chips
              label={shell.language}
              value={language}
              options={[
                ['es', shell.languages.es],
                ['en', shell.languages.en],
              ]}
              choose={(next) => void speak(next)}
            />
          </div>
          <div>
            <p className="pb-1 text-sm text-muted">{shell.theme}</p>
            <Chips
              label={shell.theme}
              value={theme}
              options={[
                ['system', shell.themes.system],
                ['light', shell.themes.light],
                ['dark', shell.themes.dark],
              ]}
              choose={wear}
            />
          </div>
        </div>
      </Panel>
      {org && (
        <Panel title={settings.preferences.org}>
          <Facts
            items={[
              [settings.preferences.orgFact.name, org.name],
              [settings.preferences.orgFact.currency, org.currency],
              [settings.preferences.orgFact.zone, org.timeZone],
              [
                settings.preferences.orgFact.cap,
                org.dailyCap ? format.money(org.dailyCap) : settings.preferences.noCap,
              ],
            ]}
          />
          {may('organisation:write') && <DailyCapForm org={org} />}
        </Panel>
      )}
    </div>
  )
}
