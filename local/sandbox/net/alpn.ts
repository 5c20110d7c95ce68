import { createServer, type Server, type Socket } from 'node:net'

const HANDSHAKE = 0x16
const HEADER = 5
const H2 = Buffer.from([2, 0x68, 0x32])
const HTTP_1 = Buffer.from('http/1.1')

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
      const target = hello.includes(H2) && !hello.includes(HTTP_1) ? h2 : http1
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
