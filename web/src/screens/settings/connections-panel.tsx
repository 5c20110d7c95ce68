import { useCallback, useState } from 'react'
import type { Connection } from '#domain/connection.ts'
import { PLATFORMS, type PlatformKey } from '#domain/ids.ts'
import type { Call } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useList } from '../../live/use-list.ts'
import { useSession } from '../../session/session.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Shown } from '../../ui/shown.tsx'
import type { Tone } from '../../ui/tone.ts'
import { ConnectionForm } from './connection-form.tsx'

const LOOK: Record<Connection['status'], { tone: Tone; icon: IconName }> = {
  unchecked: { tone: 'neutral', icon: 'clock' },
  ok: { tone: 'good', icon: 'check' },
  failing: { tone: 'bad', icon: 'alert' },
}

export function ConnectionsPanel() {
  const { settings } = useTexts()
  const texts = settings.connections
  const { may } = useSession()
  const [editing, setEditing] = useState<PlatformKey | null>(null)
  const live = useList<Connection>({ path: 'connections', order: ['id', 'asc'], limit: 10 })
  const current = live.data?.find(({ platform }) => platform === editing)
  const writable = may('connections:write')
  if (editing) return <ConnectionForm platform={editing} current={current} close={() => setEditing(null)} />
  return (
    <Panel title={texts.title} flush>
      <Shown
        live={live}
        isEmpty={(connections) => connections.length === 0}
        empty={
          <Empty
            icon="lock"
            title={texts.none}
            hint={texts.noneHint}
            action={writable && <AddConnection connected={[]} add={setEditing} />}
          />
        }
      >
        {(connections) => (
          <>
            <ul className="divide-y divide-line">
              {connections.map((connection) => (
                <li key={connection.id} className="px-4 py-3">
                  <ConnectionRow
                    connection={connection}
                    edit={writable ? () => setEditing(connection.platform) : null}
                  />
                </li>
              ))}
            </ul>
            {writable && <AddConnection connected={connections.map(({ platform }) => platform)} add={setEditing} />}
          </>
        )}
      </Shown>
    </Panel>
  )
}

/** A button for each platform that has no account yet. */
function AddConnection({ connected, add }: { connected: PlatformKey[]; add: (platform: PlatformKey) => void }) {
  const { settings, campaigns } = useTexts()
  const open = PLATFORMS.filter((platform) => !connected.includes(platform))
  if (open.length === 0) return null
  return (
    <div className="flex flex-wrap justify-center gap-2 border-line px-4 py-3 not-first:border-t">
      {open.map((platform) => (
        <Button key={platform} icon="plus" onClick={() => add(platform)}>
          {settings.connections.add(campaigns.platforms[platform])}
        </Button>
      ))}
    </div>
  )
}

function ConnectionRow({ connection, edit }: { connection: Connection; edit: (() => void) | null }) {
  const { settings, campaigns } = useTexts()
  const texts = settings.connections
  const format = useFormat()
  const { platform } = connection
  const work = useCallback(
    (call: Call) => call<Connection>({ method: 'POST', path: `/v1/connections/${platform}/check`, body: {} }),
    [platform],
  )
  const { run, busy, problem } = useAction(work)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="text-base font-medium">{campaigns.platforms[platform]}</h3>
        <Badge {...LOOK[connection.status]} label={texts.status[connection.status]} />
        {edit && (
          <div className="ms-auto flex gap-2">
            <Button icon="refresh" busy={busy} onClick={() => void run()}>
              {busy ? texts.checking : texts.check}
            </Button>
            <Button kind="quiet" onClick={edit}>
              {texts.edit}
            </Button>
          </div>
        )}
      </div>
      {connection.lastError && <p className="text-sm text-bad">{connection.lastError}</p>}
      <Facts
        items={[
          [texts.account, [connection.accountName, connection.accountId].filter(Boolean).join(' · ')],
          [texts.currency, `${connection.currency} · ${connection.timeZone}`],
          [texts.token, texts.tokenShown(connection.tokenLast4)],
          [texts.checked, connection.checkedAt ? format.instant(connection.checkedAt) : texts.never],
        ]}
      />
      <ProblemNote error={problem} />
    </div>
  )
}
