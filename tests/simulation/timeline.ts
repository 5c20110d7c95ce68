interface Moment {
  at: number
  order: number
  run: () => void
}

/** Virtual time: nothing waits, the next moment is simply the next thing that happens. */
export interface Timeline {
  /** Epoch milliseconds. */
  now(): number
  /** Milliseconds since the beginning. */
  elapsed(): number
  after(ms: number, run: () => void): void
  sleep(ms: number): Promise<void>
  /** Lives through the moments until nothing is left, `done` says so, or the limit (milliseconds since the beginning) is reached. */
  run(limit: number, done?: () => boolean): Promise<void>
}

/** All that follows from a moment happens before the next one: promises settle, no timer runs. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export function timeline(start: number): Timeline {
  const moments: Moment[] = []
  let now = start
  let order = 0

  function insert(moment: Moment): void {
    let low = 0
    let high = moments.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = moments[middle]
      // Latest first, so that the next one is popped from the end.
      if (other && (other.at > moment.at || (other.at === moment.at && other.order > moment.order))) low = middle + 1
      else high = middle
    }
    moments.splice(low, 0, moment)
  }

  const after = (ms: number, run: () => void): void =>
    insert({ at: now + Math.max(0, Math.round(ms)), order: order++, run })

  return {
    now: () => now,
    elapsed: () => now - start,
    after,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    async run(limit, done = () => false) {
      await settled()
      for (let next = moments.at(-1); next && next.at - start <= limit && !done(); next = moments.at(-1)) {
        moments.pop()
        now = next.at
        next.run()
        await settled()
      }
    },
  }
}
