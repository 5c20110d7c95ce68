import type { Channel } from '#domain/channel.ts'
import { switchView } from '#domain/kill-switch.ts'
import type { AdPlatform, KillSwitch } from '#functions/ports/index.ts'
import type { Store, Transaction } from '#functions/ports/store.ts'
import { adding, syncsStandStill, unheld } from './ablate-sync.ts'
import { GIVEN_UP, standsStill } from './given-up.ts'
import { measuredLives } from './measured-lives.ts'
import { RUNNING } from './organisation.ts'
import { CALM, type Profile, QUARANTINE_MS, STORMY } from './profile.ts'
import { changedAndStopped, happyPublish, pausedSoon, type Script, stoppedSoon } from './script.ts'
import type { Options } from './simulate.ts'

/** Where a mechanism can be taken out without touching the product: around its ports, and in its policy. */
export interface Seams {
  quarantineMs: number
  sweeper: boolean
  /** Whether a worker asks, right before each change, how long ago it saw its lease. */
  deadline: boolean
  platform: (of: AdPlatform) => AdPlatform
  /** As the platforms' door has it. */
  killSwitch: (of: KillSwitch) => KillSwitch
  /** A new one for each worker. */
  store: () => (of: Store) => Store
}

export const WHOLE: Seams = {
  quarantineMs: QUARANTINE_MS,
  sweeper: true,
  deadline: true,
  platform: (of) => of,
  killSwitch: (of) => of,
  store: () => (of) => of,
}

export interface Ablation {
  takes: string
  seams: Partial<Seams>
  /** Weather in which the missing part is missed. */
  profile: Profile
  /** Where chance would rarely come by: what happens instead. */
  life?: () => Pick<Options, 'plan' | 'script'>
  /** Seeds within which it must be caught. */
  seeds: number
  /** The breach that it must show: of the promise itself, not of the journal's own form. */
  shows: RegExp
}

const LATE: Profile = {
  ...STORMY,
  platform: { ...STORMY.platform, landsLate: 0.35, neverLanded: 0.1, rejected: 0 },
}
const SLOW: Profile = { ...STORMY, stall: 0.06, stallMs: [62_000, 100_000], duplicate: 0.6 }
/** Workers stand still for longer than a lease, and what was sent is answered late or not at all. */
const STANDING: Profile = {
  ...SLOW,
  kill: 0,
  stall: 0.03,
  stallMs: [70_000, 130_000],
  duplicate: 0.9,
  platform: LATE.platform,
}
/** Nothing fails, and everything takes its time. */
const LEISURELY: Profile = { ...CALM, stall: 0.12, stallMs: [4000, 12_000] }
const LOSSY: Profile = { ...STORMY, platform: { ...STORMY.platform, answerLost: 0.4 } }

/** Every write of this worker passes for the holder's, whoever holds the channel now. */
function unfenced(alsoUnleased: boolean): (of: Store) => Store {
  let mine: Channel['lease'] | undefined
  const pretend = (channel: Channel): Channel => {
    if (mine) return { ...channel, lease: { ...channel.lease, ...mine, until: '2099-01-01T00:00:00.000Z' } }
    return alsoUnleased ? { ...channel, lease: { ...channel.lease, owner: '' } } : channel
  }
  const seen = <T>(kind: string, document: T): T =>
    kind === 'channels' && document ? (pretend(document as unknown as Channel) as unknown as T) : document
  const around = (tx: Transaction): Transaction => ({
    ...tx,
    get: async (kind, id) => seen(kind, await tx.get(kind, id)),
    measure(kind, id, fields) {
      const { lease } = fields as Partial<Channel>
      if (kind === 'channels' && lease?.owner) mine = { ...lease }
      tx.measure(kind, id, fields)
    },
  })
  return (of) => ({
    ...of,
    transact: (org, cause, work, crowded) => of.transact(org, cause, (tx) => work(around(tx)), crowded),
  })
}

/** The worker's writes as they pass through `change`. */
const through =
  (change: (tx: Transaction) => Partial<Transaction>) =>
  () =>
  (of: Store): Store => ({
    ...of,
    transact: (org, cause, work, crowded) => of.transact(org, cause, (tx) => work({ ...tx, ...change(tx) }), crowded),
  })

const running: KillSwitch['view'] = async () => switchView(RUNNING, RUNNING)

/** RELIABILITY.md: a rig that passes a broken design is itself broken. */
export const ABLATIONS = {
  'no-quarantine': {
    takes: 'the wait for calls that may still land',
    seams: { quarantineMs: 0 },
    profile: LATE,
    seeds: 20,
    shows: /^I10/,
  },
  'short-quarantine': {
    takes: 'that the wait is as long as calls may take to land',
    seams: { quarantineMs: 30_000 },
    profile: LATE,
    seeds: 60,
    shows: /^I10/,
  },
  'no-deadline': {
    takes: 'that a worker which has not seen its lease for a while changes nothing',
    seams: { deadline: false },
    profile: STANDING,
    seeds: 60,
    shows: /^(I10|switch):/,
  },
  'no-fence': {
    takes: 'the check that a write is made by the holder of the lease',
    seams: { store: () => unfenced(false) },
    profile: SLOW,
    seeds: 60,
    shows: /^I/,
  },
  'no-lease': {
    takes: 'the lease, and with it the fence',
    seams: { store: () => unfenced(true) },
    profile: SLOW,
    seeds: 60,
    shows: /^I/,
  },
  'created-active': {
    takes: 'that everything is made paused',
    seams: {
      platform: (of) => ({
        ...of,
        create: (step, made) => of.create({ ...step, payload: { ...step.payload, status: 'ACTIVE' } }, made),
      }),
    },
    profile: STORMY,
    seeds: 20,
    shows: /^I1:/,
  },
  'no-sweeper': {
    takes: 'the removal of strays and the look after the quarantine',
    seams: { sweeper: false },
    profile: GIVEN_UP,
    life: () => ({ plan: standsStill(), script: (script: Script) => happyPublish(script, 'meta') }),
    seeds: 12,
    shows: /^I1:/,
  },
  'blind-retry': {
    takes: 'the look-up by name before a create is repeated',
    seams: { platform: (of) => ({ ...of, find: async () => [] }) },
    profile: LOSSY,
    seeds: 20,
    shows: /^I1/,
  },
  'no-switch': {
    takes: 'the look at the kill switch at the door and in the intents',
    seams: {
      killSwitch: () => ({ view: running }),
      store: through(() => ({ running: async () => true })),
    },
    profile: STORMY,
    life: () => ({ script: stoppedSoon }),
    seeds: 20,
    shows: /^switch:/,
  },
  'no-door': {
    takes: 'the look at the kill switch before a call is sent',
    seams: { killSwitch: () => ({ view: running }) },
    // A change whose answer is lost is sent again, later: by then everything may be stopped.
    profile: { ...LEISURELY, platform: { ...LEISURELY.platform, answerLost: 0.5 } },
    life: () => ({ script: changedAndStopped }),
    seeds: 150,
    shows: /^switch:/,
  },
  'no-reservation': {
    takes: 'the ledger of what may be spent',
    seams: {
      store: through((tx) => ({
        put: (kind, document) => tx.put(kind, kind === 'ledger' ? { ...document, reserved: {} } : document),
      })),
    },
    profile: STORMY,
    seeds: 20,
    shows: /^I3: the platforms may spend/,
  },
  'early-release': {
    takes: 'that a share is kept while a call may still land',
    seams: {
      store: through((tx) => ({
        measure: (kind, id, fields) =>
          tx.measure(kind, id, 'unsettled' in fields ? { ...fields, unsettled: [] } : fields),
      })),
    },
    profile: LATE,
    life: () => ({ script: pausedSoon }),
    seeds: 60,
    shows: /^I3: .* may cost/,
  },
  'added-rows': {
    takes: 'that what is reported of a day replaces what is stored of it',
    seams: { store: through(adding) },
    profile: STORMY,
    life: () => ({ script: measuredLives }),
    seeds: 20,
    shows: /^I4: .* never said/,
  },
  'no-hold': {
    takes: 'the check that figures are written by the worker that claimed the account last',
    seams: { store: () => unheld },
    profile: CALM,
    life: () => ({ plan: syncsStandStill(), script: measuredLives }),
    seeds: 5,
    shows: /^I4: .* went back/,
  },
  'no-tenant': {
    takes: 'the organisation from what is read by id',
    seams: {
      store:
        () =>
        (of: Store): Store => ({ ...of, get: (_, kind, id) => of.get('elsewhere', kind, id) }),
    },
    profile: STORMY,
    seeds: 20,
    shows: /^I7/,
  },
} as const satisfies Record<string, Ablation>
export type AblationName = keyof typeof ABLATIONS
