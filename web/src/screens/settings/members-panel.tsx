import type { Member } from '#domain/org.ts'
import { useTexts } from '../../i18n/language.tsx'
import { useList } from '../../live/use-list.ts'
import { useSession } from '../../session/session.tsx'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shown } from '../../ui/shown.tsx'

export function MembersPanel() {
  const { settings, shell } = useTexts()
  const { member: me } = useSession()
  const texts = settings.members
  const live = useList<Member>({ path: 'members', order: ['email', 'asc'], limit: 100 })
  const columns: Column<Member>[] = [
    {
      key: 'email',
      head: texts.email,
      header: true,
      wide: true,
      cell: (member) => (member.id === me.uid ? `${member.email} (${texts.you})` : member.email),
    },
    { key: 'role', head: texts.role, cell: (member) => shell.roles[member.role] },
    {
      key: 'state',
      head: texts.state,
      cell: ({ active }) => (
        <Badge
          tone={active ? 'good' : 'neutral'}
          icon={active ? 'check' : 'stop'}
          label={active ? texts.active : texts.inactive}
        />
      ),
    },
  ]
  return (
    <Panel title={texts.title} flush>
      <Shown
        live={live}
        isEmpty={(members) => members.length === 0}
        empty={<p className="px-4 pb-3 text-sm text-muted">{texts.none}</p>}
      >
        {(members) => (
          <DataTable caption={texts.caption} columns={columns} rows={members} keyOf={(member) => member.id} />
        )}
      </Shown>
    </Panel>
  )
}
