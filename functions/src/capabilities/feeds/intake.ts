import type { FeedFormat } from '#domain/feed.ts'
import type { IntakeItem } from '#domain/ingest/item.ts'
import type { IngestResult } from '#domain/ingest/result.ts'
import type { Cause } from '#functions/ports/store.ts'

/** What a document is read with. */
export interface About {
  now: string
  currency: string
  feedUrl?: string
}

/** Where its records go. */
export interface Into {
  org: string
  source: string
  cause: Cause
  zone: string
  listing: boolean
}

/** What came of reading a feed to its end. */
export interface Taken<Rest> {
  result: IngestResult
  /** Passed on to `closeAbsent` as it is. */
  rest: Rest
}

/**
 * Reading bytes and writing jobs, as the feeds need it. Handed in by the entry: capabilities do not know one another, and how bytes
 * become records is technology.
 */
export interface Intake<Rest = unknown> {
  stream(body: AsyncIterable<Uint8Array>, format: FeedFormat, about: About): AsyncIterable<IntakeItem>
  /** A webhook's body. */
  read(body: Uint8Array, format: FeedFormat, about: About): IntakeItem[]
  ingest(into: Into, items: Iterable<IntakeItem> | AsyncIterable<IntakeItem>): Promise<Taken<Rest>>
  /** True where the absence of an opening would tell something. */
  complete(rest: Rest): boolean
  closeAbsent(into: Into, rest: Rest, confirmed: boolean): Promise<{ closed: number; held: number }>
}
