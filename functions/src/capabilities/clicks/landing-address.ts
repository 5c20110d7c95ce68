/** The parameters by which the apply page and its analytics tell where somebody came from. */
export interface Landing {
  platform: string
  campaignRef: string
  jobRef: string
  /** Token of this redirect; null where the visit is not recorded. */
  visit: string | null
}

/**
 * The apply address with our parameters behind what it carries already. A parameter of ours that it has too is replaced, because the
 * visit did come from our ad.
 */
export function landingAddress(applyUrl: string, { platform, campaignRef, jobRef, visit }: Landing): string {
  const address = new URL(applyUrl)
  const ours = new URLSearchParams({
    utm_source: platform,
    utm_medium: 'paid',
    utm_campaign: campaignRef,
    utm_content: jobRef,
    ...(visit && { adflux_click: visit }),
  })
  for (const name of [...ours.keys(), 'adflux_click'])
    if (address.searchParams.has(name)) address.searchParams.delete(name)
  address.search = [address.search.slice(1), ours.toString()].filter(Boolean).join('&')
  return address.href
}
