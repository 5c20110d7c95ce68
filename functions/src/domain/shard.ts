/** FNV-1a over UTF-16 units. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Which of `shards` documents keeps what belongs to this id: always the same one. The high half is mixed in, because FNV's low bits are poor. */
export function shardOf(id: string, shards: number): number {
  const hash = textHash(id)
  return ((hash ^ (hash >>> 16)) >>> 0) % shards
}
