import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IntakeItem } from '#domain/ingest/item.ts'
import { mappingContext } from '#functions/lib/intake/items.ts'
import { readPushed } from '#functions/lib/intake/read.ts'
import { ROOT } from '#tests/support/project-files.ts'

export const NOW = '2026-11-20T15:00:00.000Z'
export const fixture = (file: string): Buffer => readFileSync(join(ROOT, 'tests/fixtures/ats', file))
export const read = (file: string, feedUrl?: string) =>
  readPushed(fixture(file), {}, mappingContext(NOW, 'COP', feedUrl))

/** What a record became, without the fields that the source left empty. */
export function told(item: IntakeItem | undefined) {
  const { mapped } = item ?? {}
  if (mapped?.kind !== 'posting') return mapped
  const { posting, status, stamp } = mapped
  const empty = (value: unknown): boolean =>
    value === null || value === '' || (Array.isArray(value) && value.length === 0)
  return { status, stamp, ...Object.fromEntries(Object.entries(posting).filter(([, value]) => !empty(value))) }
}
