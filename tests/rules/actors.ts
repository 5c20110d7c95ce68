import type { RulesTestEnvironment } from '@firebase/rules-unit-testing'
import { ROLES } from '#domain/actor.ts'

export const ORG = 'acme'
export const OTHER_ORG = 'globex'

/** Who asks: a name, the claims of the token (null = no token) and whether such a token may read ORG at all. */
export type Actor = { name: string; claims: Record<string, unknown> | null; reads: boolean }

const refused = (name: string, claims: Actor['claims']): Actor => ({ name, claims, reads: false })

export const ACTORS: Actor[] = [
  ...ROLES.map((role) => ({ name: role, claims: { org: ORG, role }, reads: true })),
  // The address of an account is not evidence of membership: the claims are (docs/decisions).
  {
    name: 'viewer with an unverified address',
    claims: { org: ORG, role: 'viewer', email_verified: false },
    reads: true,
  },
  refused('nobody', null),
  refused('admin of another organisation', { org: OTHER_ORG, role: 'admin' }),
  refused('signed in without claims', {}),
  refused('no organisation', { role: 'admin' }),
  refused('organisation null', { org: null, role: 'admin' }),
  refused('organisation empty', { org: '', role: 'admin' }),
  refused('organisation a number', { org: 7, role: 'admin' }),
  refused('organisation true', { org: true, role: 'admin' }),
  refused('organisations in an array', { org: [ORG, OTHER_ORG], role: 'admin' }),
  refused('organisations in a map', { org: { [ORG]: true }, role: 'admin' }),
  refused('organisation in other letters', { org: ORG.toUpperCase(), role: 'admin' }),
  refused('organisation that looks alike', { org: 'аcme', role: 'admin' }),
  refused('organisation with a path', { org: `${OTHER_ORG}/../${ORG}`, role: 'admin' }),
  refused('no role', { org: ORG }),
  refused('role null', { org: ORG, role: null }),
  refused('role empty', { org: ORG, role: '' }),
  refused('unknown role', { org: ORG, role: 'owner' }),
  refused('role in other letters', { org: ORG, role: 'Admin' }),
  refused('roles in an array', { org: ORG, role: ['admin'] }),
]

/** A client as the console has it, signed in as the actor. */
export const signIn = (env: RulesTestEnvironment, { name, claims }: Actor) =>
  (claims === null
    ? env.unauthenticatedContext()
    : env.authenticatedContext(name.replaceAll(' ', '-'), claims)
  ).firestore()
export type Client = ReturnType<typeof signIn>
