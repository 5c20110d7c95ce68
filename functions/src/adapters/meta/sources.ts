/** What a plan names but does not hold. */
export interface Sources {
  /** The bytes of an uploaded image. */
  image: (sha256: string) => Promise<Uint8Array>
  /** SHA-256 of consented mail addresses of a segment's members. */
  audience: (segmentId: string) => Promise<string[]>
}
