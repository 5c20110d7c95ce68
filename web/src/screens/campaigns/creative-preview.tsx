import type { Campaign } from '#domain/campaign.ts'
import type { Image } from '#domain/machinery.ts'
import { useTexts } from '../../i18n/language.tsx'
import { useDocument } from '../../live/use-document.ts'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'

/** The ad as a person will meet it. `draft`: still being written, so nothing is said of its author. */
export function CreativePreview({
  campaign,
  draft = false,
}: {
  campaign: Pick<Campaign, 'creative'>
  draft?: boolean
}) {
  const { campaign: texts } = useTexts()
  const words = texts.preview
  const { creative } = campaign
  return (
    <Panel title={words.title} note={draft ? undefined : words.by[creative.copyBy]}>
      <div className="overflow-hidden rounded-lg border border-line">
        <div className="flex flex-col gap-2 p-3">
          <p className="text-xs text-muted">{words.sponsored}</p>
          <p className="text-sm whitespace-pre-line">
            {creative.primaryText || <span className="text-muted">{words.noText}</span>}
          </p>
        </div>
        <AdImage id={creative.image} />
        <div className="flex items-center gap-3 bg-sunken p-3">
          <div className="min-w-0 flex-1">
            <p className="truncate text-xs text-muted uppercase">{new URL(creative.url).hostname}</p>
            <p className="text-sm font-semibold">{creative.headline}</p>
            {creative.description && <p className="text-xs text-muted">{creative.description}</p>}
          </div>
          <span className="rounded-md border border-control/60 px-3 py-1 text-xs font-medium whitespace-nowrap">
            {words.apply}
          </span>
        </div>
      </div>
    </Panel>
  )
}

function AdImage({ id }: { id: string | null }) {
  const { campaign: texts } = useTexts()
  const { data } = useDocument<Image>(id === null ? null : `images/${id}`)
  if (id === null) {
    return (
      <div className="flex h-28 items-center justify-center gap-2 bg-sunken text-xs text-muted">
        <Icon name="image" />
        {texts.preview.noImage}
      </div>
    )
  }
  if (data === null || data === 'absent') return <div className="h-40 bg-sunken" />
  return <img src={data.thumbnail} alt="" className="aspect-[1.91] w-full object-cover" />
}
