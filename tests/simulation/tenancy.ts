import type { Touch } from './firestore/client.ts'

/** The installation's own switch lies above all organisations. */
const COMMON = 'control/global'

/** I7: whatever one request touches is its own organisation's, and no transaction of a tick mixes two. `org` null = a tick of all. */
export const tenantOnly =
  (name: string, org: string | null, breach: (what: string) => void): Touch =>
  (paths, census) => {
    const orgs = new Set(paths.filter((path) => path !== COMMON).map((path) => path.split('/')[1] ?? ''))
    if (org !== null && census) breach(`I7: ${name} of ${org} asked about every organisation`)
    if (census) return
    for (const other of orgs) if (org !== null && other !== org) breach(`I7: ${name} of ${org} touched ${other}`)
    if (orgs.size > 1) breach(`I7: ${name} touched ${[...orgs].join(' and ')} at once`)
  }
