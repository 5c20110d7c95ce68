import type { LocalAccess } from '../stack/local-users.ts'

/** The user that `/local/signin?user=admin&org=demo` means: a role (of the first organisation, or of `org`) or an e-mail address. */
export function userMeant(users: LocalAccess['users'], query: URLSearchParams) {
  const wanted = query.get('user') ?? 'admin'
  const org = query.get('org') ?? users[0]?.org
  return users.find((user) => user.email === wanted || (user.role === wanted && user.org === org))
}
