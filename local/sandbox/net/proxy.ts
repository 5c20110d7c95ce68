import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

export interface DeniedHost {
  host: string
  port: number
  count: number
  /** Real time, ISO 8601. */
  lastAt: string
}

export interface ConnectProxy {
  server: Server
  denied(): DeniedHost[]
  reset(): void
  /** Ends the tunnels that are open. */
  cut(): void
}

const REFUSED =
  'The sandbox lets nothing leave this machine. Only the hosts of the ad platforms that it imitates are answered.\n'

/**
 * A CONNECT proxy that splices the hosts it knows to the local TLS server and refuses all others with 403, keeping a record:
 * the proof that nothing left the machine.
 */
export function connectProxy(knows: (host: string, port: number) => boolean, tlsPort: () => number): ConnectProxy {
  const denied = new Map<string, DeniedHost>()
  const tunnels = new Set<Duplex>()
  const deny = (host: string, port: number): void => {
    const key = `${host}:${port}`
    const known = denied.get(key)
    denied.set(key, { host, port, count: (known?.count ?? 0) + 1, lastAt: new Date().toISOString() })
  }

  const server = createServer((request, response) => {
    const target = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined
    if (target) deny(target.hostname, Number(target.port || 80))
    response.writeHead(target ? 403 : 400, { 'content-type': 'text/plain', connection: 'close' })
    response.end(target ? REFUSED : 'This is a proxy: it answers CONNECT.\n')
  })

  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on('error', () => client.destroy())
    const { host, port } = target(request.url ?? '')
    if (!knows(host, port)) {
      deny(host, port)
      client.end(
        `HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: ${REFUSED.length}\r\nconnection: close\r\n\r\n${REFUSED}`,
      )
      return
    }
    const upstream = connect(tlsPort(), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (head.length > 0) upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    upstream.on('close', () => client.destroy())
    tunnels.add(client)
    client.on('close', () => {
      tunnels.delete(client)
      upstream.destroy()
    })
  })

  return {
    server,
    denied: () => [...denied.values()].sort((a, b) => a.host.localeCompare(b.host) || a.port - b.port),
    reset: () => denied.clear(),
    cut: () => {
      for (const tunnel of tunnels) tunnel.destroy()
    },
  }
}

/** "[::1]:443" and "host:443"; a port that is missing is 443. */
function target(authority: string): { host: string; port: number } {
  const match = /^(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(authority)
  return { host: (match?.[1] ?? authority).toLowerCase(), port: Number(match?.[2] ?? 443) }
}
