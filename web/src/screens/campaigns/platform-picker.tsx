import type { Connection } from '#domain/connection.ts'
import type { PlatformKey } from '#domain/ids.ts'
import { useTexts } from '../../i18n/language.tsx'

interface Props {
  connections: readonly Connection[]
  chosen: readonly PlatformKey[]
  choose: (platforms: PlatformKey[]) => void
  error: string | undefined
}

/** Only platforms with a connected account; the last one cannot be taken away. */
export function PlatformPicker({ connections, chosen, choose, error }: Props) {
  const { campaignForm: texts, campaigns } = useTexts()
  const toggle = (platform: PlatformKey) => {
    const next = chosen.includes(platform) ? chosen.filter((key) => key !== platform) : [...chosen, platform]
    if (next.length > 0) choose(next)
  }
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1 text-sm font-medium">{texts.platform}</legend>
      <div className="flex flex-wrap gap-2">
        {connections.map(({ platform, accountName, accountId }) => (
          <label
            key={platform}
            className="flex min-h-9 items-center gap-2 rounded-md border border-control/60 px-3 text-sm has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              checked={chosen.includes(platform)}
              onChange={() => toggle(platform)}
            />
            <span className="font-medium">{campaigns.platforms[platform]}</span>
            <span className="text-muted">{accountName || accountId}</span>
          </label>
        ))}
      </div>
      {error && <p className="mt-1 text-xs font-medium text-bad">{error}</p>}
    </fieldset>
  )
}
