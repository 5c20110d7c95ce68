import { startSandbox } from '#local/sandbox/main.ts'

/** A sandbox in a process of its own on the state folder given; it lives until it is killed. */
const started = await startSandbox({
  controlPort: 0,
  proxyPort: 0,
  tlsPort: 0,
  stateDir: String(process.argv[2]),
  clock: { now: () => Date.parse('2026-11-20T15:00:00Z'), advance: () => undefined },
  seed: 7,
})
console.log(JSON.stringify(started))
