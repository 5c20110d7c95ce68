import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { type Action, may, type Role } from '#domain/actor.ts'
import { type Account, type Backend, type Member, startBackend } from '../backend.ts'

const ROLE_NAMES: readonly string[] = ['viewer', 'recruiter', 'approver', 'admin'] satisfies readonly Role[]

export type SessionState =
  | { at: 'starting' }
  | { at: 'broken'; message: string }
  | { at: 'signed-out'; backend: Backend; problem: 'link-expired' | null }
  | { at: 'homeless'; backend: Backend; email: string }
  | { at: 'signed-in'; backend: Backend; member: Member }

interface Session {
  backend: Backend
  member: Member
  may: (action: Action) => boolean
}

const SessionContext = createContext<Session | null>(null)

/** Who is signed in, from the start of the page to its end. */
export function useSessionState(): SessionState {
  const [state, setState] = useState<SessionState>({ at: 'starting' })
  useEffect(() => {
    let stop = () => {}
    let over = false
    start((next) => !over && setState(next))
      .then((end) => {
        stop = end
        if (over) end()
      })
      .catch((error: unknown) => !over && setState({ at: 'broken', message: String(error) }))
    return () => {
      over = true
      stop()
    }
  }, [])
  return state
}

async function start(set: (state: SessionState) => void): Promise<() => void> {
  const backend = await startBackend()
  const problem = await signInFromAddress(backend)
  return backend.onAccount((account) => set(stateOf(backend, account, problem)))
}

/** The one-click address carries a token in its hash; it leaves the address bar and the history before anything else happens. */
async function signInFromAddress(backend: Backend): Promise<'link-expired' | null> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (!token) return null
  history.replaceState(null, '', location.pathname === '/signin' ? '/' : location.pathname)
  try {
    await backend.signInWithToken(token)
    return null
  } catch {
    return 'link-expired'
  }
}

function stateOf(backend: Backend, account: Account | null, problem: 'link-expired' | null): SessionState {
  if (!account) return { at: 'signed-out', backend, problem }
  const { org, role, uid, email } = account
  if (!org || !isRole(role)) return { at: 'homeless', backend, email }
  return { at: 'signed-in', backend, member: { uid, email, org, role } }
}

const isRole = (role: string | null): role is Role => role !== null && ROLE_NAMES.includes(role)

export function SessionProvider(props: { backend: Backend; member: Member; children: ReactNode }) {
  const { backend, member, children } = props
  return (
    <SessionContext value={{ backend, member, may: (action) => may(member.role, action) }}>{children}</SessionContext>
  )
}

export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession outside of SessionProvider')
  return session
}
