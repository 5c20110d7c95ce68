import type { PlatformKey } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { TextField } from '../../ui/field.tsx'
import { isWeight, sharesFor, type Weights, weightOf } from './split-values.ts'

interface Props {
  platforms: readonly PlatformKey[]
  /** The whole daily budget; null while it is none. */
  budget: Money | null
  weights: Weights
  set: (weights: Weights) => void
  error: string | undefined
}

/** A weight per platform, and what each gets of the daily budget while one types. */
export function SplitFields({ platforms, budget, weights, set, error }: Props) {
  const { campaignForm: texts, campaigns } = useTexts()
  const format = useFormat()
  const shares = budget && sharesFor(budget, platforms, weights)
  const tooSmall = budget && !shares && platforms.every((platform) => isWeight(weightOf(weights, platform)))
  const shareText = (platform: PlatformKey) => {
    const share = shares?.get(platform)
    return share && budget ? texts.share(format.money(share), format.percent(share.minor / budget.minor)) : undefined
  }
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1 text-sm font-medium">{texts.split}</legend>
      <p className="mb-2 text-xs text-muted">{texts.splitHint}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        {platforms.map((platform) => (
          <TextField
            key={platform}
            label={texts.weight(campaigns.platforms[platform])}
            hint={shareText(platform)}
            error={error && !isWeight(weightOf(weights, platform)) ? error : undefined}
            inputMode="numeric"
            value={weightOf(weights, platform)}
            onChange={(event) => set({ ...weights, [platform]: event.currentTarget.value })}
          />
        ))}
      </div>
      {tooSmall && <p className="mt-1 text-xs font-medium text-bad">{texts.tooSmall}</p>}
    </fieldset>
  )
}
