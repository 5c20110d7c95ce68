import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DEMO_HISTORY_DAYS } from '../demo/demo-campaigns.ts'
import { authCommand, restoreAccounts } from './auth.ts'
import { buildConsole } from './build-console.ts'
import { cloudEnvironment, hostEnvironment } from './environment.ts'
import { findEmulators } from './find-emulators.ts'
import { findJava } from './find-java.ts'
import { firestoreCommand } from './firestore.ts'
import { type Children, keepChildren } from './keep-children.ts'
import { localProfile, publishProfile, withdrawProfile } from './local-profile.ts'
import { localAccess } from './local-users.ts'
import { type StackOptions, StackRefusal } from './options.ts'
import { type Ports, portsFrom, requireFreePorts } from './ports.ts'
import type { Command } from './processes.ts'
import { pubsubCommand } from './pubsub.ts'
import { saveState } from './save-state.ts'
import { logFile, releaseState, takeState } from './state.ts'
import { answers } from './wait-until.ts'
import { welcome } from './welcome.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const VITAL = ['firestore', 'pubsub', 'auth'] as const

/**
 * Starts the whole stack, keeps it up until `stopped` resolves, ends it in order. Resolves when nothing of it runs any more.
 * Throws StackRefusal when it cannot start or when an emulator dies.
 */
export async function runStack(
  options: StackOptions,
  stopped: Promise<void>,
  say: (line: string) => void,
): Promise<void> {
  const startedAt = performance.now()
  const java = findJava(process.env)
  const jars = findEmulators(process.env, java.major)
  const rules = join(ROOT, 'firestore.rules')
  if (!existsSync(rules))
    throw new StackRefusal(`${rules} is missing: without rules Firestore would be open to everybody.`)

  const ports = portsFrom(options.base)
  const state = join(process.env.ADFLUX_STATE ?? join(ROOT, '.adflux'), String(options.base))
  await takeState(state, options.base, options.fresh)
  withdrawProfile(state, ports)
  const access = localAccess(state)
  let ready = false
  let children: Children | undefined
  try {
    await requireFreePorts(ports)
    children = keepChildren({
      state,
      base: options.base,
      say,
      changed: (pids) => {
        if (ready) publishProfile(state, localProfile(ports, access, pids))
      },
    })
    const up = bringUp(children, { options, ports, state, java, jars, rules, say })
    if ((await Promise.race([up.then(() => 'up'), stopped.then(() => 'stopped')])) === 'up') {
      ready = true
      const profile = localProfile(ports, access, children.pids())
      publishProfile(state, profile)
      children.nowWorthSaving()
      say(welcome(profile, ((performance.now() - startedAt) / 1000).toFixed(1), state))
      await Promise.race([stopped, up.then(({ broken }) => broken)])
    }
    up.catch(() => undefined)
  } finally {
    withdrawProfile(state, ports)
    const save = ready
    ready = false
    if (children) await bringDown(children, ports, state, save, say)
    releaseState(state)
  }
}

type Plan = {
  options: StackOptions
  ports: Ports
  state: string
  java: ReturnType<typeof findJava>
  jars: ReturnType<typeof findEmulators>
  rules: string
  say: (line: string) => void
}

/** Resolves when everything answers and is filled; `broken` then rejects should an emulator end. */
async function bringUp(children: Children, plan: Plan): Promise<{ broken: Promise<never> }> {
  const { options, ports, state, java, jars, rules, say } = plan
  const { base } = options
  say(`Starting on ports ${base} to ${ports.logging} (Java ${java.major})`)
  // The slowest first.
  const auth = children.start(authCommand(ports, state))
  const firestore = children.start(firestoreCommand(java, jars.firestore, rules, ports, state))
  const pubsub = children.start(pubsubCommand(java, jars.pubsub, ports, state))
  const broken = Promise.race(
    [auth, firestore, pubsub].map(async ({ name, exited }): Promise<never> => {
      const how = await exited
      throw new StackRefusal(`The ${name} emulator ended with ${how}. Its log: ${logFile(state, name)}`)
    }),
  )
  broken.catch(() => undefined)

  const node = (name: string, file: string, args: string[], env: Record<string, string>): Command => ({
    ...{ name, env, cwd: ROOT, log: logFile(state, name), channel: true },
    file: process.execPath,
    args: [join(ROOT, 'local', file), String(base), state, ...args],
  })
  const cloudEnv = cloudEnvironment(process.env, ports, state)
  const console = buildConsole(children, ROOT, state, say)
  console.catch(() => undefined)
  // A new demo begins in the past, so that its campaigns have figures behind them when the clock has come to today.
  const daysBehind = options.empty ? 0 : DEMO_HISTORY_DAYS
  const cloud = children.start(node('cloud', 'cloud.ts', [String(options.speed), String(daysBehind)], cloudEnv))
  await cloud.ready
  say('Stand-ins and sandbox are up')
  // Only now is the sandbox's certificate authority there, which the host trusts from its first moment on.
  const host = children.start(node('host', 'host.ts', [], hostEnvironment(process.env, ports, state)))
  await Promise.all([
    answers(firestore, `http://127.0.0.1:${ports.firestore}/`, logFile(state, 'firestore')),
    answers(pubsub, `http://127.0.0.1:${ports.pubsub}/`, logFile(state, 'pubsub')),
    answers(auth, `http://127.0.0.1:${ports.auth}/`, logFile(state, 'auth')),
    host.ready,
  ])
  say('Emulators and functions are up')
  void children.revive('cloud')
  void children.revive('host')
  await reportFunctions(ports, say)
  await restoreAccounts(ports, state)
  const kind = options.empty ? 'empty' : 'demo'
  const provision = children.start(node('provision', 'stack/provision.ts', [kind], cloudEnv))
  await provision.ready
  await children.stop('provision', 5_000)
  await console
  return { broken }
}

async function reportFunctions(ports: Ports, say: (line: string) => void): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${ports.host}/_host/functions`)
  const states = (await answer.json()) as Record<string, string>
  for (const [name, fault] of Object.entries(states))
    if (fault !== 'ready') say(`Function ${name} does not run: ${fault}`)
}

async function bringDown(
  children: Children,
  ports: Ports,
  state: string,
  save: boolean,
  say: (line: string) => void,
): Promise<void> {
  say('Stopping')
  children.beginStop()
  // Whoever writes stops first, so that what is saved is whole.
  await Promise.all([
    children.stop('console-build', 2_000),
    children.stop('provision', 1_000),
    children.stop('host', 5_000),
  ])
  await children.stop('cloud', 5_000)
  if (save) await saveState(ports, state, say)
  await Promise.all(VITAL.map((name) => children.stop(name, 8_000)))
  await children.dismissWatchdog()
}
