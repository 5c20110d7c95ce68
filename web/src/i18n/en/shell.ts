import type { Texts } from '../es.ts'

export const shell = {
  skip: 'Skip to content',
  nav: 'Main',
  openMenu: 'Open the menu',
  closeMenu: 'Close the menu',
  close: 'Close',
  sections: {
    today: 'Today',
    jobs: 'Jobs',
    candidates: 'Candidates',
    segments: 'Segments',
    campaigns: 'Campaigns',
    feeds: 'Feeds',
    settings: 'Settings',
  },
  account: 'Account',
  language: 'Language',
  languages: { es: 'Spanish (Español)', en: 'English' },
  theme: 'Appearance',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  signOut: 'Sign out',
  stopped: {
    title: 'All advertising is stopped.',
    installation: 'The operators have stopped all advertising of this installation.',
  },
  pulse: { live: 'Live', cached: 'Connecting', offline: 'Offline' },
  pulseHint: {
    live: 'What you see keeps itself up to date.',
    cached: 'The server is being asked.',
    offline: 'The server does not answer: what you see may be older.',
  },
  roles: { viewer: 'Viewer', recruiter: 'Recruiter', approver: 'Approver', admin: 'Administrator' },
  demo: 'Local demo',
  notFound: { title: 'This page does not exist', hint: 'The address leads to no screen.', back: 'Go to Today' },
  crashed: {
    title: 'This part could not be shown',
    hint: 'The rest of the console still works. If it happens again, send this text to whoever runs it.',
    retry: 'Try again',
  },
} satisfies Texts['shell']

export const signIn = {
  title: 'Sign in to AdFlux',
  lead: 'From the opening to the ad, and from the ad to the candidates.',
  email: 'E-mail',
  password: 'Password',
  submit: 'Sign in',
  busy: 'Signing in…',
  wrong: 'The e-mail or the password is not right. Check both and try again.',
  tooMany: 'Too many attempts in a row. Wait a few minutes.',
  unreachable: 'The sign-in service does not answer. Check the connection and try again.',
  linkExpired: 'That sign-in address is no longer valid. Use your e-mail, or ask for a new address.',
  starting: 'Opening the console…',
  broken: {
    title: 'The console could not start',
    hint: 'Its configuration could not be read. Reload the page; if it stays so, tell whoever runs AdFlux.',
    retry: 'Reload',
  },
  homeless: {
    title: 'Your account belongs to no organisation yet',
    hint: (email: string) => `You are signed in as ${email}. Ask an administrator of your organisation for access.`,
  },
} satisfies Texts['signIn']

export const states = {
  loading: 'Loading…',
  denied: {
    title: 'Your role may not see this',
    hint: 'An administrator of your organisation can grant it.',
  },
  offline: {
    title: 'No connection to the server',
    hint: 'This will appear as soon as the connection is back; there is no need to reload.',
  },
  absent: { title: 'It does not exist', hint: 'The address may be mistyped, or belong to another organisation.' },
} satisfies Texts['states']

export const problems = {
  unreachable: {
    title: 'No answer came',
    remedy: 'The request may or may not have arrived. Repeating it will not do it twice.',
  },
  unexpected: { title: 'Something failed on this page', remedy: 'Reload and try again.' },
  retry: 'Try again',
  code: 'Copy the code',
  copied: 'Copied',
} satisfies Texts['problems']

export const common = {
  unknown: 'No data yet',
  showMore: 'Show more',
  moreFailed: 'The next ones did not arrive; try again.',
  newRows: (n: number) => (n === 1 ? '1 new row: show' : `${n} new rows: show`),
  shown: (n: number, more: boolean) => (more ? `${n} shown, there are more` : `${n} in total`),
  filter: 'Filter',
  all: 'All',
  clearFilters: 'Clear filters',
  cancel: 'Cancel',
  done: 'Done',
  save: 'Save',
  saved: 'Saved.',
  undo: 'Undo',
  yes: 'Yes',
  no: 'No',
  view: 'View',
  asTable: 'View as table',
  asChart: 'View as chart',
  day: 'Day',
  zone: (zone: string) => `${zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone} time`,
  more: (n: number) => `and ${n} more`,
} satisfies Texts['common']
