import { createServer, type Server, type Socket } from 'node:net'

const HANDSHAKE = 0x16
const HEADER = 5
const ALPN = 16
/** Version and random, behind the record's and the handshake's own headers. */
const FIXED = HEADER + 4 + 2 + 32

/** Hands each connection to one of two TLS servers by the protocols that its ClientHello offers: HTTP/2 alone, or anything else. */
export function splitByAlpn(http1: Server, h2: Server): Server {
  const open = new Set<Socket>()
  const front = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    const peek = (): void => {
      const hello = socket.read() as Buffer | null
      if (!hello) return
      socket.unshift(hello)
      if (!isWhole(hello)) return
      socket.off('readable', peek)
      const offered = protocolsIn(hello)
      const target = offered.includes('h2') && !offered.includes('http/1.1') ? h2 : http1
      target.emit('connection', socket)
    }
    socket.on('readable', peek)
  })
  return Object.assign(front, {
    closeAllConnections: () => {
      for (const socket of open) socket.destroy()
    },
  })
}

/** The first record is all there; what is no TLS at all is for the server to refuse. */
const isWhole = (hello: Buffer): boolean =>
  hello[0] !== HANDSHAKE || (hello.length >= HEADER && hello.length >= HEADER + hello.readUInt16BE(3))

/** The protocols that a ClientHello offers (RFC 8446 4.1.2, RFC 7301); none where it is anything else. */
function protocolsIn(hello: Buffer): string[] {
  try {
    if (hello[0] !== HANDSHAKE) return []
    let at = FIXED + 1 + hello.readUInt8(FIXED)
    at += 2 + hello.readUInt16BE(at)
    at += 1 + hello.readUInt8(at)
    const end = at + 2 + hello.readUInt16BE(at)
    for (at += 2; at + 4 <= end; at += 4 + hello.readUInt16BE(at + 2))
      if (hello.readUInt16BE(at) === ALPN) return names(hello.subarray(at + 6, at + 4 + hello.readUInt16BE(at + 2)))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return []
}

function names(list: Buffer): string[] {
  const found: string[] = []
  for (let at = 0; at < list.length; at += 1 + list.readUInt8(at))
    found.push(list.toString('latin1', at + 1, at + 1 + list.readUInt8(at)))
  return found
}
