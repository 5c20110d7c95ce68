import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { GROUP_NAMES } from './screens/campaigns/status.ts'
import { SETTINGS_TABS } from './screens/settings/tabs.ts'
import { Crashed } from './shell/crashed.tsx'
import { NotFound } from './shell/not-found.tsx'
import { Shell } from './shell/shell.tsx'
import { SkeletonRows } from './ui/skeleton.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

/** A search parameter is one of the words it may be, or absent: nonsense in an address filters nothing. */
const oneOf = <V extends string>(value: unknown, allowed: readonly V[]): V | undefined =>
  allowed.find((word) => word === value)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
/** Leaves out what is not set, so that an address carries only what filters. */
const set = <T extends Record<string, unknown>>(search: T) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Set<T>
type Set<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

const signin = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  beforeLoad: () => {
    throw redirect({ to: '/' })
  },
})

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search: Record<string, unknown>) => set({ days: Number(search.days) === 28 ? 28 : undefined }),
  component: lazyRouteComponent(() => import('./screens/dashboard/dashboard-screen.tsx'), 'DashboardScreen'),
})

const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  validateSearch: (search: Record<string, unknown>) =>
    set({ status: oneOf(search.status, ['open', 'closed'] as const), find: text(search.find) }),
  component: lazyRouteComponent(() => import('./screens/jobs/jobs-screen.tsx'), 'JobsScreen'),
})

const job = createRoute({
  getParentRoute: () => root,
  path: '/jobs/$id',
  component: lazyRouteComponent(() => import('./screens/jobs/job-screen.tsx'), 'JobScreen'),
})

const candidates = createRoute({
  getParentRoute: () => root,
  path: '/candidates',
  validateSearch: (search: Record<string, unknown>) => set({ segment: text(search.segment) }),
  component: lazyRouteComponent(() => import('./screens/candidates/candidates-screen.tsx'), 'CandidatesScreen'),
})

const candidate = createRoute({
  getParentRoute: () => root,
  path: '/candidates/$id',
  component: lazyRouteComponent(() => import('./screens/candidates/candidate-screen.tsx'), 'CandidateScreen'),
})

const segments = createRoute({
  getParentRoute: () => root,
  path: '/segments',
  component: lazyRouteComponent(() => import('./screens/segments/segments-screen.tsx'), 'SegmentsScreen'),
})

const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/campaigns',
  validateSearch: (search: Record<string, unknown>) => set({ status: oneOf(search.status, GROUP_NAMES) }),
  component: lazyRouteComponent(() => import('./screens/campaigns/campaigns-screen.tsx'), 'CampaignsScreen'),
})

const newCampaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/new',
  validateSearch: (search: Record<string, unknown>) => set({ job: text(search.job), from: text(search.from) }),
  component: lazyRouteComponent(() => import('./screens/campaigns/new-campaign-screen.tsx'), 'NewCampaignScreen'),
})

const campaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$id',
  component: lazyRouteComponent(() => import('./screens/campaigns/campaign-screen.tsx'), 'CampaignScreen'),
})

const editCampaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$id/edit',
  component: lazyRouteComponent(() => import('./screens/campaigns/edit-campaign-screen.tsx'), 'EditCampaignScreen'),
})

const feeds = createRoute({
  getParentRoute: () => root,
  path: '/feeds',
  component: lazyRouteComponent(() => import('./screens/feeds/feeds-screen.tsx'), 'FeedsScreen'),
})

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>) => set({ tab: oneOf(search.tab, SETTINGS_TABS) }),
  component: lazyRouteComponent(() => import('./screens/settings/settings-screen.tsx'), 'SettingsScreen'),
})

const routeTree = root.addChildren([
  signin,
  dashboard,
  jobs,
  job,
  candidates,
  candidate,
  segments,
  campaigns,
  newCampaign,
  campaign,
  editCampaign,
  feeds,
  settings,
])

export const router = createRouter({
  routeTree,
  defaultErrorComponent: Crashed,
  defaultNotFoundComponent: NotFound,
  defaultPendingComponent: () => <SkeletonRows />,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
