/** Work of one process that takes turns, per key: the next begins when the one before it has ended, however it ended. */
export function turns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, mine)
    // The last of a queue takes the queue with it.
    const tidy = () => void (last.get(key) === mine && last.delete(key))
    mine.then(tidy, tidy)
    return mine
  }
}
