import type { Incident } from '#domain/incident.ts'
import type { Texts } from '../es.ts'

export const dashboard = {
  title: 'Today',
  until: (day: string, zone: string) => `Data until ${day}. ${zone}.`,
  noData: 'No figures yet: they appear with the first sync of a published campaign.',
  range: 'Period',
  ranges: { 14: '14 days', 28: '28 days' },
  attention: {
    title: 'What needs you',
    calm: 'Nothing needs you right now.',
    calmHint: 'Rejected campaigns, broken connections and failing feeds appear here.',
  },
  incidents: {
    kinds: {
      platform_auth: 'The platform refuses the connection',
      platform_refusal: 'The platform refused an ad',
      feed_failing: 'A feed does not answer',
      dead_letter: 'Some work is no longer tried',
    },
    action: (_kind: Incident['kind'], said: string): string => said,
    since: (when: string) => `Since ${when}`,
    times: (n: number) => (n === 1 ? 'once' : `${n} times`),
    retry: 'Retry',
    retried: 'It is being tried again.',
    see: { campaign: 'See the campaign', connections: 'See the connections', feeds: 'See the feeds' },
  },
  notices: {
    toAdministrators: 'Notice to the administrators',
    open: 'Still open',
    over: 'Over by now',
    read: 'Mark as read',
  },
  figures: {
    title: 'Results',
    note: 'As the platforms report',
    spend: 'Spend',
    applications: 'Applications',
    cost: 'Cost per application',
    ctr: 'Clicks per impression (CTR)',
    cpc: 'Cost per click (CPC)',
    before: (change: string, days: number) => `${change} against the ${days} days before`,
    same: (days: number) => `The same as the ${days} days before`,
  },
  provisional: 'Provisional day: it may still change',
  charts: {
    spend: (currency: string) => `Spend by day (${currency})`,
    applications: 'Applications by day',
  },
  running: 'Running campaigns',
  noRunning: { title: 'No campaign is running.', action: 'Choose a job' },
  newest: 'Newest jobs',
  noJobs: { title: 'No jobs yet.', hint: 'They appear by themselves when your ATS pushes them.' },
  openJobs: (n: string) => `${n} open`,
  runningCount: (n: string) => `${n} in total`,
  seeAll: 'See all',
  atLeast: (n: string) => `${n} or more`,
} satisfies Texts['dashboard']
