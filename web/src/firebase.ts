import { type FirebaseOptions, initializeApp } from 'firebase/app'
import {
  browserLocalPersistence,
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeAuth,
  onIdTokenChanged,
  signInWithCustomToken,
  signInWithEmailAndPassword,
  signOut,
} from 'firebase/auth'
import {
  collection,
  connectFirestoreEmulator,
  doc,
  documentId,
  type Firestore,
  getCountFromServer,
  getDocs,
  initializeFirestore,
  limit,
  memoryLocalCache,
  onSnapshot,
  orderBy,
  type QueryConstraint,
  query,
  startAfter,
  where,
} from 'firebase/firestore'
import type { Account, Backend, BackendConfig, ListQuery } from './backend.ts'

const LOCAL_API_KEY = 'local'

/** The only file that knows Firebase; it is a chunk of its own. */
export function openBackend(config: BackendConfig): Backend {
  const options: FirebaseOptions = { projectId: config.projectId, apiKey: config.apiKey ?? LOCAL_API_KEY }
  const app = initializeApp(options)
  // Without the popup resolver: it would load a script from elsewhere.
  const auth = initializeAuth(app, { persistence: [indexedDBLocalPersistence, browserLocalPersistence] })
  if (config.auth) connectAuthEmulator(auth, config.auth, { disableWarnings: true })
  // Memory only: personal data must not stay behind on a shared computer.
  const db = initializeFirestore(app, { localCache: memoryLocalCache() })
  if (config.firestore) connectFirestoreEmulator(db, config.firestore.host, config.firestore.port)

  return {
    onAccount: (listen) =>
      onIdTokenChanged(auth, async (user) => {
        if (!user) return listen(null)
        const { claims } = await user.getIdTokenResult()
        listen(accountOf(user.uid, user.email, claims))
      }),
    signInWithToken: async (token) => {
      await signInWithCustomToken(auth, token)
    },
    signInWithPassword: async (email, password) => {
      await signInWithEmailAndPassword(auth, email, password)
    },
    signOut: () => signOut(auth),
    idToken: async () => (await auth.currentUser?.getIdToken()) ?? null,
    watchDocument: (path, next, fail) =>
      onSnapshot(
        doc(db, path),
        { includeMetadataChanges: true },
        (snapshot) => next({ data: snapshot.data() ?? null, fromCache: snapshot.metadata.fromCache }),
        (error) => fail(error.code),
      ),
    watchList: (list, next, fail) =>
      onSnapshot(
        build(db, list),
        { includeMetadataChanges: true },
        (snapshot) => next({ data: snapshot.docs.map((d) => d.data()), fromCache: snapshot.metadata.fromCache }),
        (error) => fail(error.code),
      ),
    readList: async (list) => (await getDocs(build(db, list))).docs.map((d) => d.data()),
    count: async (list) => (await getCountFromServer(build(db, list))).data().count,
  }
}

function accountOf(uid: string, email: string | null, claims: Record<string, unknown>): Account {
  const { org, role } = claims
  return {
    uid,
    email: email ?? (typeof claims.email === 'string' ? claims.email : uid),
    org: typeof org === 'string' ? org : null,
    role: typeof role === 'string' ? role : null,
  }
}

function build(db: Firestore, list: ListQuery) {
  const [field, direction] = list.order
  const parts: QueryConstraint[] = (list.where ?? []).map(([name, operator, value]) => where(name, operator, value))
  // The id breaks ties, so that a page never skips rows of one import that share an instant.
  parts.push(orderBy(field, direction), orderBy(documentId(), direction))
  if (list.after) parts.push(startAfter(...list.after))
  return query(collection(db, list.path), ...parts, limit(list.limit))
}
