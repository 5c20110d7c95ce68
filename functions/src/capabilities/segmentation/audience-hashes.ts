import { sha256 } from '#functions/lib/hash.ts'
import type { Ports } from '#functions/ports/index.ts'

const PAGE = 300

/**
 * SHA-256 (hex) of the trimmed, lower-case mail addresses of a segment's members who agreed to `audience_ads`, each once, sorted.
 * Nobody else's address is read.
 */
export async function audienceHashes(
  { store }: Pick<Ports, 'store'>,
  org: string,
  segmentId: string,
): Promise<string[]> {
  const hashes = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await store.list(org, 'candidates', {
      where: { segment: segmentId },
      limit: PAGE,
      ...(cursor && { cursor }),
    })
    const agreed = page.items.filter(({ consents }) => consents.includes('audience_ads')).map(({ id }) => id)
    for (const contact of await store.getAll(org, 'contacts', agreed))
      if (contact?.email) hashes.add(sha256(contact.email.trim().toLowerCase()))
    cursor = page.next ?? undefined
  } while (cursor)
  return [...hashes].sort()
}
