import { useId } from 'react'
import type { Connection } from '#domain/connection.ts'
import type { PlatformKey } from '#domain/ids.ts'
import { useTexts } from '../../i18n/language.tsx'

interface Props {
  connections: readonly Connection[]
  chosen: readonly PlatformKey[]
  choose: (platforms: PlatformKey[]) => void
  /** They are what they are: shown, not chosen. */
  fixed: boolean
  error: string | undefined
}

/** Only platforms with a connected account; the last one cannot be taken away. */
export function PlatformPicker({ connections, chosen, choose, fixed, error }: Props) {
  const { campaignForm: texts, campaigns } = useTexts()
  const id = useId()
  const toggle = (platform: PlatformKey) => {
    const next = chosen.includes(platform) ? chosen.filter((key) => key !== platform) : [...chosen, platform]
    if (next.length > 0) choose(next)
  }
  const about = [fixed && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <fieldset className="sm:col-span-2" aria-describedby={about}>
      <legend className="mb-1 text-sm font-medium">{texts.platform}</legend>
      <div className="flex flex-wrap gap-2">
        {connections.map(({ platform, accountName, accountId, currency }) => (
          <label
            key={platform}
            className="flex min-h-9 items-center gap-2 rounded-md border border-control/60 px-3 text-sm has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              checked={chosen.includes(platform)}
              disabled={fixed}
              aria-invalid={(error && chosen.includes(platform)) || undefined}
              onChange={() => toggle(platform)}
            />
            <span className="font-medium">{campaigns.platforms[platform]}</span>
            <span className="text-muted">
              {accountName || accountId} · {currency}
            </span>
          </label>
        ))}
      </div>
      {fixed && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {texts.platformsFixed}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}
