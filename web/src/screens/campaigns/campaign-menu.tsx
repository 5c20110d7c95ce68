import { useTexts } from '../../i18n/language.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'

/** What is asked for seldom. */
export function CampaignMenu({ close, busy }: { close: () => void; busy: boolean }) {
  const { campaign: texts } = useTexts()
  return (
    <Menu label={texts.more} trigger={<IconButton icon="more" label={texts.more} disabled={busy} />}>
      <MenuItem onSelect={close}>{texts.close}</MenuItem>
    </Menu>
  )
}
