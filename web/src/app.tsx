import { RouterProvider } from '@tanstack/react-router'
import { useTexts } from './i18n/language.tsx'
import { router } from './router.tsx'
import { OrgProvider } from './session/org.tsx'
import { SessionProvider, useSessionState } from './session/session.tsx'
import { SignInScreen } from './session/sign-in-screen.tsx'
import { Button } from './ui/button.tsx'
import { Empty } from './ui/empty.tsx'
import { ToastProvider } from './ui/toast.tsx'

export function App() {
  const session = useSessionState()
  const { signIn, shell } = useTexts()
  switch (session.at) {
    case 'starting':
      return (
        <p role="status" className="skeleton grid min-h-dvh place-items-center bg-transparent! text-sm text-muted">
          {signIn.starting}
        </p>
      )
    case 'broken':
      return (
        <main className="grid min-h-dvh place-items-center">
          <Empty
            page
            icon="alert"
            title={signIn.broken.title}
            hint={signIn.broken.hint}
            action={<Button onClick={() => location.reload()}>{signIn.broken.retry}</Button>}
          />
        </main>
      )
    case 'signed-out':
      return <SignInScreen backend={session.backend} linkExpired={session.problem !== null} />
    case 'homeless':
      return (
        <main className="grid min-h-dvh place-items-center">
          <Empty
            page
            icon="lock"
            title={signIn.homeless.title}
            hint={signIn.homeless.hint(session.email)}
            action={<Button onClick={() => session.backend.signOut()}>{shell.signOut}</Button>}
          />
        </main>
      )
    case 'signed-in':
      return (
        <SessionProvider backend={session.backend} member={session.member}>
          <OrgProvider>
            <ToastProvider closeLabel={shell.close}>
              <RouterProvider router={router} />
            </ToastProvider>
          </OrgProvider>
        </SessionProvider>
      )
  }
}
