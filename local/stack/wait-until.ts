import { setTimeout as pause } from 'node:timers/promises'
import { StackRefusal } from './options.ts'
import { type Child, lastLines } from './processes.ts'

/** Resolves when the child answers 200 at the address. Throws StackRefusal with the end of its log when it ends or takes too long. */
export async function answers(child: Child, url: string, log: string, limitMs = 120_000): Promise<void> {
  const deadline = Date.now() + limitMs
  for (;;) {
    if (!child.running()) {
      throw new StackRefusal(
        `The ${child.name} process ended with ${await child.exited} while starting.\n${lastLines(log)}`,
      )
    }
    if (await answersOk(url)) return
    if (Date.now() > deadline) {
      throw new StackRefusal(
        `The ${child.name} process did not answer at ${url} in ${limitMs / 1000} s.\n${lastLines(log)}`,
      )
    }
    await pause(100)
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}
