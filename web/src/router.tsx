import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
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

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/jobs' })
  },
})

const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  validateSearch: (search: Record<string, unknown>) =>
    set({ status: oneOf(search.status, ['open', 'closed'] as const), find: text(search.find) }),
  component: lazyRouteComponent(() => import('./screens/jobs/jobs-screen.tsx'), 'JobsScreen'),
})

export const router = createRouter({
  routeTree: root.addChildren([index, jobs]),
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
