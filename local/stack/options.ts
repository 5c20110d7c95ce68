import { parseArgs } from 'node:util'

export const PORTS_OF_A_STACK = 15

/** What the user asked of `npm start`: flags and the few variables that count. */
export type StackOptions = { base: number; fresh: boolean; empty: boolean; speed: number }

/** A mistake of the user's making: printed as one clear line, exit 1. */
export class StackRefusal extends Error {}

const HELP = `npm start -- [--fresh] [--empty] [--speed N] [--no-demo-clock]

  --fresh           forget what earlier runs of this stack kept
  --empty           both organisations and their users, no demo data, real-time clock
  --speed N         the shared clock runs N times as fast as the wall clock (demo: 60)
  --no-demo-clock   the same as --speed 1

  ADFLUX_PORT       first of ${PORTS_OF_A_STACK} ports (default 7300)`

/** Reads flags and environment. Throws StackRefusal naming the flag or variable that is wrong. */
export function stackOptions(argv: string[], env: NodeJS.ProcessEnv): StackOptions {
  refuseLivePlatform(env)
  const { values } = parsed(argv)
  if (values.help) throw new StackRefusal(HELP)
  const empty = values.empty ?? false
  return {
    base: portBase(env.ADFLUX_PORT),
    fresh: values.fresh ?? false,
    empty,
    speed: clockSpeed(values.speed, values['no-demo-clock'] ?? false, empty),
  }
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        fresh: { type: 'boolean' },
        empty: { type: 'boolean' },
        speed: { type: 'string' },
        'no-demo-clock': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new StackRefusal(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
  }
}

function portBase(text: string | undefined): number {
  if (!text) return 7300
  const base = Number(text)
  const highest = 65_535 - PORTS_OF_A_STACK
  if (!Number.isInteger(base) || base < 1024 || base > highest) {
    throw new StackRefusal(`ADFLUX_PORT is "${text}": give a whole number from 1024 to ${highest}.`)
  }
  return base
}

function clockSpeed(text: string | undefined, realTime: boolean, empty: boolean): number {
  if (realTime && text !== undefined) throw new StackRefusal('Give --speed or --no-demo-clock, not both.')
  if (realTime) return 1
  if (text === undefined) return empty ? 1 : 60
  const speed = Number(text)
  if (!Number.isFinite(speed) || speed <= 0 || speed > 100_000) {
    throw new StackRefusal(`--speed is "${text}": give a number above 0, at most 100000.`)
  }
  return speed
}

/** The local stack spends no real money: with a setting of a live platform in sight it does not start at all. */
function refuseLivePlatform(env: NodeJS.ProcessEnv): void {
  if (env.ADFLUX_LIVE && env.ADFLUX_LIVE !== '0') {
    throw new StackRefusal(
      'ADFLUX_LIVE is set. The local stack talks to its sandbox only and never to a live ad platform.\n' +
        '  Start it without: env -u ADFLUX_LIVE npm start',
    )
  }
  if (env.GOOGLE_APPLICATION_CREDENTIALS) {
    throw new StackRefusal(
      `GOOGLE_APPLICATION_CREDENTIALS points to ${env.GOOGLE_APPLICATION_CREDENTIALS}. The local stack refuses to run beside real credentials.\n` +
        '  Start it without: env -u GOOGLE_APPLICATION_CREDENTIALS npm start',
    )
  }
}
