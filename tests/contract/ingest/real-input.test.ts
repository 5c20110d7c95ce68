import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FeedFormat } from '#domain/feed.ts'
import { sharedData } from '#tests/support/present.ts'
import { sumOf, type World, world } from './world.ts'

/** File, the format that must be recognised, records, and what a first import makes of them. */
const FILES: [file: string, format: FeedFormat, received: number, first: object][] = [
  ['ats_payloads/greenhouse_gitlab.json', 'greenhouse', 2, { created: 2 }],
  ['ats_payloads/lever_matchgroup.json', 'lever', 2, { created: 2 }],
  ['ats_payloads/ashby_linear.json', 'ashby', 2, { created: 2 }],
  ['ats_payloads/careerkit_recruitee.json', 'recruitee', 2, { created: 2 }],
  ['ats_payloads/careerkit_smartrecruiters.json', 'smartrecruiters', 1, { created: 1 }],
  ['ats_payloads/careerkit_teamtailor.json', 'teamtailor', 2, { created: 2 }],
  ['ats_payloads/careerkit_workable.json', 'workable', 2, { created: 1, merged: 1 }],
  ['ats_payloads/careerkit_workday.json', 'workday', 2, { created: 2 }],
  ['ats_payloads/webhooks/greenhouse_job_created.json', 'greenhouse', 1, { created: 1 }],
  ['ats_payloads/webhooks/greenhouse_job_post_updated.json', 'greenhouse', 1, { closed: 1 }],
  ['ats_payloads/webhooks/greenhouse_job_deleted.json', 'greenhouse', 1, { closed: 1 }],
  ['xml_feed/indeed_source_feed_25jobs.xml', 'indeed-xml', 25, { created: 25 }],
  ['xml_feed/neogov_rss.xml', 'rss', 2, { created: 2 }],
  ['jobs/jobs_latam_2600.csv.gz', 'csv', 2600, { created: 2600 }],
]

const folder = sharedData()

describe('every real file imports, and a second time nothing changes', () => {
  let w: World
  beforeAll(async () => {
    w = await world()
  })
  afterAll(() => w.close())

  test.for(FILES)('%s', { timeout: 300_000 }, async ([file, format, received, first], { skip }) => {
    if (!folder) return skip('the real input ../shared/data is not beside the project')
    const bytes = readFileSync(join(folder, file))
    const once = await w.push(bytes)
    expect(once).toMatchObject({ format, received, rejected: 0, problems: [], ...first })
    expect(sumOf(once)).toBe(received)

    const twice = await w.push(bytes)
    expect(twice).toMatchObject({ received, created: 0, updated: 0, closed: 0, stale: 0, rejected: 0 })
    expect(twice.unchanged + twice.merged).toBe(received)
    expect(sumOf(twice)).toBe(received)
  })
})
