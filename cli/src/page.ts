import type { Command } from 'commander'
import { wholeNumber } from './arguments.ts'
import type { Cli } from './cli.ts'
import type { Column } from './output.ts'

export interface Page<T> {
  items: T[]
  next: string | null
}

const LARGEST_PAGE = 200

interface Listing<T> {
  path: string
  columns: readonly Column<T>[]
  /** Said where there is nothing. */
  nothing: string
  /** Query parameters that the command's options became. */
  query?: Record<string, string | undefined>
}

/** Adds `--limit`, `--cursor` and `--all`. */
export const takesPage = (command: Command): Command =>
  command
    .option('--limit <n>', 'how many at once, up to 200', wholeNumber(1, LARGEST_PAGE))
    .option('--cursor <cursor>', 'go on where an earlier page ended')
    .option('--all', 'every page')

/** One page, or all of them, as a table; with --json `{items, next}`. */
export async function list<T>(
  cli: Cli,
  command: Command,
  { path, columns, nothing, query }: Listing<T>,
): Promise<void> {
  const { limit, cursor, all } = command.opts<{ limit?: number; cursor?: string; all?: boolean }>()
  const page = await read<T>(cli, path, { ...query, limit: limit ?? (all ? LARGEST_PAGE : undefined), cursor })
  while (all && page.next !== null) {
    const more = await read<T>(cli, path, { ...query, limit: LARGEST_PAGE, cursor: page.next })
    page.items.push(...more.items)
    page.next = more.next
  }
  cli.out.result(page, () => (page.items.length > 0 ? cli.out.table(columns, page.items) : nothing))
  if (page.next !== null) cli.out.note(cli.out.style('dim', `More: --all, or --cursor ${page.next}`))
}

async function read<T>(cli: Cli, path: string, query: Record<string, string | number | undefined>): Promise<Page<T>> {
  const { items, next } = await cli.api().send<Page<T>>({ path, query })
  return { items, next: next ?? null }
}
