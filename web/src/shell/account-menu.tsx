import { useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { useOrg } from '../session/org.tsx'
import { useSession } from '../session/session.tsx'
import { Menu, MenuChoice, MenuItem, MenuLine, MenuNote } from '../ui/menu.tsx'
import { keptTheme, type Theme, wearTheme } from '../ui/theme.ts'
import { AccountButton } from './account-button.tsx'

export function AccountMenu() {
  const { texts, language, speak } = useSpeech()
  const { shell } = texts
  const { backend, member } = useSession()
  const org = useOrg()
  const [theme, setTheme] = useState<Theme>(keptTheme)
  const wear = (next: Theme) => {
    wearTheme(next)
    setTheme(next)
  }
  return (
    <Menu label={`${shell.account}: ${org?.name ?? member.email}`} trigger={<AccountButton />}>
      <MenuNote>
        <span className="block font-medium">{member.email}</span>
        <span className="text-xs text-muted">{shell.roles[member.role]}</span>
      </MenuNote>
      <MenuLine />
      <MenuChoice
        label={shell.language}
        value={language}
        options={[
          ['es', shell.languages.es],
          ['en', shell.languages.en],
        ]}
        choose={(next) => void speak(next)}
      />
      <MenuChoice
        label={shell.theme}
        value={theme}
        options={[
          ['system', shell.themes.system],
          ['light', shell.themes.light],
          ['dark', shell.themes.dark],
        ]}
        choose={wear}
      />
      <MenuLine />
      <MenuItem onSelect={() => void backend.signOut()}>{shell.signOut}</MenuItem>
    </Menu>
  )
}
