import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { WorldEvent } from '#local/sandbox/events.ts'
import { KEPT_REPORTS, openJournal } from '#local/sandbox/journal.ts'

const folder = mkdtempSync(join(tmpdir(), 'adflux-journal-'))
afterAll(() => rmSync(folder, { recursive: true }))

const report = (n: number): WorldEvent => ({
  type: 'report',
  run: { id: String(n), account: '1', node: 'act_1', params: {}, at: n, realAt: n, outcome: 'complete' },
})

test('old reports are forgotten when the journal is opened, everything else stays, in its order', () => {
  const first = openJournal(folder)
  for (let n = 0; n < KEPT_REPORTS + 1500; n++) {
    first.journal.append(report(n))
    if (n % 1000 === 0) first.journal.append({ type: 'changed', at: n, id: '5', changes: { name: `n${n}` } })
  }
  first.journal.close()
  const again = openJournal(folder)
  const reports = again.events.filter((event) => event.type === 'report')
  expect(reports).toHaveLength(KEPT_REPORTS)
  expect(reports[0]).toEqual(report(1500))
  expect(again.events.filter((event) => event.type === 'changed').map((event) => event.at)).toEqual([
    0, 1000, 2000, 3000,
  ])
  again.journal.append(report(9999))
  again.journal.close()
  expect(readFileSync(join(folder, 'sandbox.jsonl'), 'utf8').trim().split('\n')).toHaveLength(KEPT_REPORTS + 5)
})
