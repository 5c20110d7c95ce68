/** What a request tells of who follows a link. */
export interface Visit {
  /** The platform's own id of the click; null where it gave none. */
  platformClickId: string | null
  /** False for programs that look at links: they get the address and leave no trace. */
  counts: boolean
}

/** Crawlers name themselves; those that check ads and previews come first. */
const PROGRAMS =
  /facebookexternalhit|facebookcatalog|facebot|meta-external|adsbot|googlebot|bingbot|bot\b|bot\/|crawler|spider|slurp|whatsapp\/|telegrambot|linkedinbot|twitterbot|slackbot|discordbot|skypeuripreview|headlesschrome|lighthouse|curl\/|wget\/|python-requests|go-http-client|okhttp|axios\/|node-fetch/i

export function visitOf(request: {
  method: string
  url: string
  headers: { get(name: string): string | null }
}): Visit {
  const agent = request.headers.get('user-agent') ?? ''
  const purpose = request.headers.get('sec-purpose') ?? request.headers.get('purpose') ?? ''
  const fetchedAhead = /prefetch|prerender|preview/i.test(purpose)
  const given = new URL(request.url).searchParams.get('fbclid') ?? ''
  return {
    platformClickId: /^[\w-]{8,500}$/.test(given) ? given : null,
    counts: request.method === 'GET' && agent !== '' && !PROGRAMS.test(agent) && !fetchedAhead,
  }
}
