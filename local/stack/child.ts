/**
 * Runs one of the stack's processes: tells the supervisor when it is up or why not, stops on SIGTERM, and ends by itself when
 * the supervisor is gone. `start` answers how to stop.
 */
export async function childOf(name: string, start: () => Promise<() => Promise<void>>): Promise<void> {
  let stop: (() => Promise<void>) | undefined
  const end = async (): Promise<void> => {
    await stop?.()
    process.exit(0)
  }
  process.once('SIGTERM', () => void end())
  // The terminal's Ctrl-C is the supervisor's to handle.
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => void end())
  try {
    stop = await start()
    process.send?.({ ready: true })
  } catch (error) {
    console.error(`${name} could not start`, error)
    const failed = error instanceof Error ? error.message : String(error)
    // Sending is asynchronous: leaving before it is done would lose the reason.
    if (process.send) process.send({ failed }, () => process.exit(1))
    else process.exit(1)
  }
}
