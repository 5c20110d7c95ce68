import { invalid, type WireTime } from '#local/grpc.ts'

/** Milliseconds of a Duration or Timestamp; `fallback` when it is absent. */
export function toMs<Fallback>(time: WireTime | undefined, fallback: Fallback): number | Fallback {
  return time ? Number(time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1e6 : fallback
}

/** A Timestamp or Duration of `ms`; a negative one keeps nanos positive, as timestamps do. */
export function fromMs(ms: number): WireTime {
  const seconds = Math.floor(ms / 1000)
  return { seconds: String(seconds), nanos: Math.round((ms - seconds * 1000) * 1e6) }
}

/**
 * One page of items that are already in ascending order of `key`. The token names the last item shown, so that items
 * removed between two pages hide none of the others.
 */
export function page<Item>(
  items: Item[],
  key: (item: Item) => string,
  { pageSize = 0, pageToken = '' }: { pageSize?: number; pageToken?: string },
  largest: number,
): { items: Item[]; nextPageToken?: string } {
  if (pageSize < 0) throw invalid(`page_size must not be negative: ${pageSize}`)
  const after = pageToken === '' ? undefined : decodeToken(pageToken)
  const rest = after === undefined ? items : items.filter((item) => key(item) > after)
  const shown = rest.slice(0, Math.min(pageSize || largest, largest))
  const last = shown.at(-1)
  if (last === undefined || shown.length === rest.length) return { items: shown }
  return { items: shown, nextPageToken: Buffer.from(`after:${key(last)}`).toString('base64url') }
}

function decodeToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString()
  if (!text.startsWith('after:')) throw invalid('page_token is not one that this service handed out')
  return text.slice('after:'.length)
}

/**
 * `current` with the fields that `paths` (snake_case, as on the wire) name taken from `incoming`. Only `updatable` paths
 * and what lies below them may be named; `outputOnly` ones are ignored, as the services do; others are refused.
 */
export function applyMask<Message extends object>(
  current: Message,
  incoming: Message,
  paths: string[],
  { updatable, outputOnly }: { updatable: string[]; outputOnly: string[] },
): Message {
  const result = structuredClone(current)
  for (const path of paths) {
    if (outputOnly.includes(path)) continue
    if (!updatable.some((known) => path === known || path.startsWith(`${known}.`))) {
      throw invalid(`update_mask names "${path}", which is not a field that can be updated (${updatable.join(', ')})`)
    }
    copyField(result, incoming, path.split('.').map(camelCase))
  }
  return result
}

const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

function copyField(target: object, source: object, [head, ...rest]: string[]): void {
  if (head === undefined) return
  const from: unknown = Reflect.get(source, head)
  if (rest.length === 0) {
    if (from === undefined) Reflect.deleteProperty(target, head)
    else Reflect.set(target, head, from)
    return
  }
  const inner: unknown = Reflect.get(target, head)
  const below = typeof inner === 'object' && inner !== null ? inner : {}
  Reflect.set(target, head, below)
  copyField(below, typeof from === 'object' && from !== null ? from : {}, rest)
}
