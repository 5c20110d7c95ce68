/** What a plan names but does not hold. */
export interface Sources {
  /** SHA-256 of consented mail addresses of a segment's members. */
  audience: (segmentId: string) => Promise<string[]>
}
