import { day } from '#tests/support/day.ts'

const CREATE = ['campaigns', 'create', '--job-id', 'JOB-0001', '--platform', 'meta', '--currency', 'USD']

/** What is wrong, the words typed, and what the one line must say; in an organisation whose first campaign is published. */
export const REFUSED: [string, string[], RegExp][] = [
  ['an unknown id', ['jobs', 'view', 'JOB-9999'], /No job JOB-9999/],
  ['an unknown campaign', ['campaigns', 'publish', '--id', '1', '--wait'], /No campaign 1/],
  ['a budget of 0', [...CREATE, '--daily-budget', '0', '--end', day(9)], /above zero/],
  ['a negative budget', [...CREATE, '--daily-budget', '-5', '--end', day(9)], /above zero/],
  ['a budget with a comma', [...CREATE, '--daily-budget', '20,00', '--end', day(9)], /not an amount in USD/],
  ['another currency', [...CREATE.slice(0, -1), 'EUR', '--daily-budget', '5', '--end', day(9)], /bills in USD/],
  [
    'an end before the start',
    [...CREATE, '--daily-budget', '5', '--start', day(9), '--end', day(8)],
    /ends before it starts/,
  ],
  ['a segment that is not there', [...CREATE, '--daily-budget', '5', '--end', day(9), '--segment', 'Nobody'], /Nobody/],
  ['an unknown platform', ['campaigns', 'sync', '--platform', 'tiktok'], /meta/],
  ['more segments than people', ['ml', 'train', '--clusters', '50000'], /clusters|50/],
  ['a bad cron', ['schedules', 'set', 'schedule-sync', '--cron', 'often'], /cron/],
  ['an unknown task', ['tasks', 'redrive', 'nothing'], /No |nothing/],
  ['an illegal move', ['campaigns', 'publish', 'CMP-0001'], /cannot be asked to publish/],
  ['an unknown feed', ['feeds', 'pull', 'nowhere'], /nowhere/],
]
