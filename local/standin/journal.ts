import { appendFileSync, closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs'

/**
 * A map that outlives its process: each change is one appended line, written before the call returns, so that what was
 * answered is never forgotten, however the process ends.
 */
export interface Journal {
  /** What is stored now, in the order of the first `put` of each key. */
  readonly records: ReadonlyMap<string, unknown>
  put(key: string, value: unknown): void
  drop(key: string): void
  /** Rewrites the file without its past; until then a dropped value is still readable in it. */
  compact(): void
  close(): void
}

const VERSION = 1
const FEWEST_LINES_TO_COMPACT = 5000

/** Opens `file` (made with mode 0600 when missing), which holds the state of `owner`. Throws when it holds anything else. */
export function openJournal(file: string, owner: string): Journal {
  const records = existsSync(file) ? load(file, owner) : new Map<string, unknown>()
  let lines = 0
  let descriptor = rewrite()

  function rewrite(): number {
    const draft = `${file}.${process.pid}.tmp`
    const fresh = openSync(draft, 'w', 0o600)
    appendFileSync(fresh, `${JSON.stringify({ owner, version: VERSION })}\n`)
    for (const record of records) appendFileSync(fresh, `${JSON.stringify(record)}\n`)
    renameSync(draft, file)
    lines = records.size
    return fresh
  }

  function compact(): void {
    const old = descriptor
    descriptor = rewrite()
    closeSync(old)
  }

  function append(line: string): void {
    appendFileSync(descriptor, `${line}\n`)
    lines += 1
    if (lines > FEWEST_LINES_TO_COMPACT && lines > 4 * records.size) compact()
  }

  return {
    records,
    put: (key, value) => {
      records.set(key, value)
      append(JSON.stringify([key, value]))
    },
    drop: (key) => {
      if (records.delete(key)) append(JSON.stringify([key]))
    },
    compact,
    close: () => closeSync(descriptor),
  }
}

function load(file: string, owner: string): Map<string, unknown> {
  const [head = '', ...lines] = readFileSync(file, 'utf8').split('\n')
  if (head !== JSON.stringify({ owner, version: VERSION })) {
    throw new Error(`${file} holds no ${owner} state of this version; start with --fresh, or remove it`)
  }
  // Only a complete line ends in a newline: what follows the last one was cut off while being written and never answered.
  lines.pop()
  const records = new Map<string, unknown>()
  lines.forEach((line, index) => {
    const [key, ...value] = parse(line, `${file}:${index + 2}`)
    if (value.length === 0) records.delete(key)
    else records.set(key, value[0])
  })
  return records
}

function parse(line: string, where: string): [string, ...unknown[]] {
  try {
    const record: unknown = JSON.parse(line)
    if (Array.isArray(record) && typeof record[0] === 'string') return [record[0], ...record.slice(1, 2)]
  } catch {
    // Falls through to the one error that names the line.
  }
  throw new Error(`${where} is damaged; start with --fresh, or remove that line`)
}
