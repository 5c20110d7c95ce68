import { plainEnvironment } from './environment.ts'
import type { Java } from './find-java.ts'
import type { Ports } from './ports.ts'
import type { Command } from './processes.ts'
import { logFile } from './state.ts'

/** The Pub/Sub emulator. It keeps nothing over a restart: the product's outbox relays what was not delivered. */
export const pubsubCommand = (java: Java, jar: string, ports: Ports, state: string): Command => ({
  name: 'pubsub',
  file: java.path,
  args: [
    ...['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Duser.language=en', `-Dadflux.state=${state}`],
    ...['-jar', jar, '--host=127.0.0.1', `--port=${ports.pubsub}`],
  ],
  env: plainEnvironment(process.env, state),
  cwd: state,
  log: logFile(state, 'pubsub'),
  channel: false,
})
