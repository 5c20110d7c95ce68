import { createServer } from 'node:net'
import { StackRefusal } from './options.ts'

/** Every port of a stack, derived from its base. */
export type Ports = ReturnType<typeof portsFrom>

export const portsFrom = (base: number) => ({
  console: base,
  host: base + 1,
  sandbox: base + 2,
  proxy: base + 3,
  tls: base + 4,
  firestore: base + 5,
  pubsub: base + 6,
  auth: base + 7,
  tasks: base + 8,
  scheduler: base + 9,
  secrets: base + 10,
  tokens: base + 11,
  hub: base + 12,
  firestoreWebsocket: base + 13,
  logging: base + 14,
})

/** Resolves to true when nothing listens on the port of the loopback interface. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })

/** Throws StackRefusal naming each busy port and what it was wanted for. */
export async function requireFreePorts(ports: Ports): Promise<void> {
  const taken: string[] = []
  for (const [use, port] of Object.entries(ports)) {
    if (!(await isFree(port))) taken.push(`${port} (${use})`)
  }
  if (taken.length === 0) return
  throw new StackRefusal(
    `Port ${taken.join(', ')} is taken by another program.\n` +
      `  Stop that program, or move the whole stack: ADFLUX_PORT=${ports.console + 100} npm start`,
  )
}
