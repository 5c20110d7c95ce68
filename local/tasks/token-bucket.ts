/** Limits how often something may happen; time is real, because it protects a real machine. */
export interface TokenBucket {
  /** Takes a token if there is one. */
  take(): boolean
  /** Milliseconds until there is one. */
  msUntilToken(): number
  /** Changes rate (tokens a second) and size; what is in the bucket stays, up to the new size. */
  resize(perSecond: number, size: number): void
}

/** A bucket that is full at first. `realNow` answers milliseconds. */
export function tokenBucket(perSecond: number, size: number, realNow: () => number): TokenBucket {
  let rate = perSecond
  let capacity = size
  let tokens = size
  let filledAt = realNow()

  const fill = (): void => {
    const now = realNow()
    tokens = Math.min(capacity, tokens + (Math.max(0, now - filledAt) / 1000) * rate)
    filledAt = now
  }

  return {
    take: () => {
      fill()
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
    msUntilToken: () => {
      fill()
      return tokens >= 1 ? 0 : ((1 - tokens) / rate) * 1000
    },
    resize: (newRate, newCapacity) => {
      fill()
      rate = newRate
      capacity = newCapacity
      tokens = Math.min(tokens, capacity)
    },
  }
}
