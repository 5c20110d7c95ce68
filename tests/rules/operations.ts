import {
  collection,
  collectionGroup,
  deleteDoc,
  doc,
  getCountFromServer,
  getDoc,
  getDocs,
  limit,
  orderBy,
  query,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore'
import type { Client } from './actors.ts'
import type { Place } from './paths.ts'

const MOST = 100

type Operation = {
  name: string
  /** True where one who reads there may do it at a place with this access. */
  allows: (access: Place['access']) => boolean
  run: (db: Client, path: string) => Promise<unknown>
}

const above = (path: string): string => path.slice(0, path.lastIndexOf('/'))
const listed = (db: Client, path: string) => collection(db, above(path))
const canList = (access: Place['access']): boolean => access.startsWith('get and list')
const never = (): boolean => false

export const OPERATIONS: Operation[] = [
  { name: 'get', allows: (access) => access !== 'nothing', run: (db, path) => getDoc(doc(db, path)) },
  {
    name: 'get of what does not exist',
    allows: (access) => access !== 'nothing',
    run: (db, path) =>
      getDoc(doc(db, `${above(path)}/${path.startsWith('orgs/acme/') ? 'absent' : path.split('/').at(-1)}`)),
  },
  { name: 'list', allows: canList, run: (db, path) => getDocs(query(listed(db, path), limit(MOST))) },
  {
    name: 'list with filter and order',
    allows: canList,
    run: (db, path) =>
      getDocs(query(listed(db, path), where('status', '==', 'open'), orderBy('updatedAt', 'desc'), limit(20))),
  },
  { name: 'list without limit', allows: never, run: (db, path) => getDocs(listed(db, path)) },
  { name: 'list over the limit', allows: never, run: (db, path) => getDocs(query(listed(db, path), limit(MOST + 1))) },
  { name: 'count', allows: never, run: (db, path) => getCountFromServer(listed(db, path)) },
  {
    name: 'count within the limit',
    allows: canList,
    run: (db, path) => getCountFromServer(query(listed(db, path), limit(MOST))),
  },
  {
    name: 'collection group',
    allows: never,
    run: (db, path) => getDocs(query(collectionGroup(db, above(path).split('/').at(-1) ?? ''), limit(1))),
  },
  { name: 'create', allows: never, run: (db, path) => setDoc(doc(db, `${above(path)}/new`), { name: 'x' }) },
  { name: 'update', allows: never, run: (db, path) => updateDoc(doc(db, path), { name: 'x' }) },
  { name: 'overwrite', allows: never, run: (db, path) => setDoc(doc(db, path), { name: 'x' }) },
  { name: 'delete', allows: never, run: (db, path) => deleteDoc(doc(db, path)) },
]
