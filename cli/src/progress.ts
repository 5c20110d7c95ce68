import { SingleBar } from 'cli-progress'
import type { Io } from './io.ts'
import { isInteractive } from './output.ts'

export interface Progress {
  /** `done` of what `total` was given at the start; the note stands beside the bar. */
  at(done: number, note: string): void
  end(): void
}

const SILENT: Progress = { at: () => undefined, end: () => undefined }

/** A bar on stderr; nothing with --json, without a terminal or under CI. */
export function progressBar(io: Io, json: boolean, label: string, total: number): Progress {
  if (json || total <= 0 || !isInteractive(io, io.stderr)) return SILENT
  const bar = new SingleBar({
    stream: io.stderr,
    format: `${label} {bar} {percentage}% {note}`,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    emptyOnZero: true,
  })
  bar.start(total, 0, { note: '' })
  return {
    at: (done, note) => bar.update(Math.min(done, total), { note }),
    end: () => bar.stop(),
  }
}
