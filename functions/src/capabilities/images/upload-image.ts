import { accountKey, type Connection } from '#domain/connection.ts'
import { DomainError } from '#domain/errors.ts'
import type { Image } from '#domain/machinery.ts'
import { PlatformFailure, toldOf } from '#domain/platform-failure.ts'
import { sha256 } from '#functions/lib/hash.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

/** What Meta shows well in a feed, and what the platforms refuse below. Source: Meta Ads Guide, image ads. */
const MIN_WIDTH = 600
const MIN_HEIGHT = 314
const MOST_ACCOUNTS = 50

type Needs = Pick<Ports, 'store' | 'images' | 'platforms'>

/**
 * Checks and thumbnails an image and gives its bytes to every connected ad account; we keep facts, thumbnail and the accounts' ids of it.
 * The same bytes are the same image. Throws `invalid` with what is wrong, `unprocessable` where no account could take it, `unavailable`
 * where one does not answer: then nothing is kept here.
 */
export async function uploadImage(
  { store, images, platforms }: Needs,
  org: string,
  cause: Cause,
  bytes: Uint8Array,
): Promise<Image> {
  const facts = await images.inspect(bytes)
  if (facts.width < MIN_WIDTH || facts.height < MIN_HEIGHT)
    throw new DomainError('invalid', `The image is ${facts.width} x ${facts.height} pixels`, {
      remedy: `Use one of at least ${MIN_WIDTH} x ${MIN_HEIGHT}; 1200 x 628 looks best.`,
    })
  const { items: connections } = await store.list(org, 'connections', { limit: MOST_ACCOUNTS })
  const kept = Object.fromEntries(
    await Promise.all(
      connections.map(async (connection) => [
        accountKey(connection),
        await keepAt({ platforms }, org, connection, bytes),
      ]),
    ),
  )
  if (!Object.values(kept).some((id) => id !== null))
    throw new DomainError('unprocessable', 'No connected ad account takes images', {
      remedy: 'Connect one in Settings, or with "adflux connections add", then upload the image.',
    })
  const id = sha256(bytes)
  return store.transact(org, cause, async (tx) => {
    const known = await tx.get('images', id)
    const image = {
      id,
      ...facts,
      bytes: bytes.length,
      kept: { ...known?.kept, ...kept },
      uploadedAt: known?.uploadedAt ?? tx.now,
    }
    tx.put('images', image)
    return { ...image, schemaVersion: 1 as const }
  })
}

async function keepAt(
  { platforms }: Pick<Ports, 'platforms'>,
  org: string,
  connection: Connection,
  bytes: Uint8Array,
): Promise<string | null> {
  try {
    return await (await platforms.open(org, connection)).keepImage(bytes)
  } catch (error) {
    throw error instanceof PlatformFailure ? toldOf(connection.platform, error) : error
  }
}
