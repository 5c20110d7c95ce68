import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useRef } from 'react'
import { useTexts } from '../i18n/language.tsx'
import { IconButton } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { AccountButton } from './account-button.tsx'
import { Navigation } from './navigation.tsx'
import { PulseDot } from './pulse-dot.tsx'
import { StoppedBanner } from './stopped-banner.tsx'

// The menu's library is a sixth of the shell: the page is there before it.
const AccountMenu = lazy(() => import('./account-menu.tsx').then(({ AccountMenu }) => ({ default: AccountMenu })))

export function Shell() {
  const { shell } = useTexts()
  const drawer = useRef<HTMLDialogElement>(null)

  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13.5rem_1fr]">
      <a
        href="#content"
        className="fixed start-2 top-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        {shell.skip}
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-4 border-e border-line bg-surface px-3 py-4 lg:flex">
        <Brand />
        <Navigation label={shell.nav} />
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-line bg-surface/95 px-4 backdrop-blur sm:px-6">
          <div className="flex items-center gap-2 lg:hidden">
            <IconButton icon="menu" label={shell.openMenu} onClick={() => drawer.current?.showModal()} />
            <Mark className="size-6" />
          </div>
          <div className="ms-auto flex min-w-0 items-center gap-3">
            <PulseDot />
            <Suspense fallback={<AccountButton />}>
              <AccountMenu />
            </Suspense>
          </div>
        </header>
        <StoppedBanner />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1">
          <Outlet />
        </main>
      </div>
      <dialog
        ref={drawer}
        aria-label={shell.nav}
        className="m-0 h-dvh max-h-none w-64 max-w-[85vw] border-e border-line bg-surface p-3 text-ink"
      >
        <div className="mb-4 flex items-center justify-between">
          <Brand />
          <IconButton icon="close" label={shell.closeMenu} onClick={() => drawer.current?.close()} />
        </div>
        <Navigation label={shell.nav} onGo={() => drawer.current?.close()} />
      </dialog>
    </div>
  )
}

function Brand() {
  return (
    <span className="flex items-center gap-2 px-2 text-lg font-semibold tracking-tight">
      <Mark className="size-6" />
      AdFlux
    </span>
  )
}
