import { BlockList, isIP } from 'node:net'
import { DomainError } from '#domain/errors.ts'

const FORBIDDEN: [network: string, prefix: number][] = [
  // IANA special-purpose registries: nothing here is the public internet.
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ] as [string, number][]),
  ...([
    ['::', 96],
    ['::ffff:0:0', 96],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['100::', 64],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
    ['fc00::', 7],
    ['fe80::', 10],
    ['fec0::', 10],
    ['ff00::', 8],
  ] as [string, number][]),
]

const list = (networks: [string, number][]): BlockList => {
  const made = new BlockList()
  for (const [network, prefix] of networks) made.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4')
  return made
}
const forbidden = list(FORBIDDEN)
const loopback = list([
  ['127.0.0.0', 8],
  ['::1', 128],
])

const family = (ip: string) => (isIP(ip) === 6 ? 'ipv6' : 'ipv4')
export const isLoopback = (ip: string): boolean => isIP(ip) !== 0 && loopback.check(ip, family(ip))
/** Only what is reachable for everybody may be fetched: everything else is our own network, or nobody's. */
export const isPublic = (ip: string): boolean => isIP(ip) !== 0 && !forbidden.check(ip, family(ip))

export const notAllowed = (url: string, why: string): DomainError =>
  new DomainError('unprocessable', `The address ${url.slice(0, 200)} is not allowed: ${why}`, {
    remedy: 'Use the public https address of the feed.',
    problems: [{ at: 'url', message: 'url_not_allowed' }],
  })

/**
 * An address that may be asked (SECURITY.md 6): https on port 443 and a public host. With `local`, plain http to this machine as well,
 * so that boards of tests and of the laptop can be pulled. Names are resolved later and checked then. Throws `unprocessable`.
 */
export function checkedUrl(text: string, local: boolean): URL {
  const url = URL.parse(text)
  if (!url) throw notAllowed(text, 'it is no address')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (url.username || url.password) throw notAllowed(url.host, 'it carries a user name')
  if (local && /^https?:$/.test(url.protocol) && (host === 'localhost' || isLoopback(host))) return url
  if (url.protocol !== 'https:') throw notAllowed(text, 'it is not https')
  if (url.port !== '') throw notAllowed(text, 'its port is not 443')
  if (isIP(host) !== 0 && !isPublic(host)) throw notAllowed(text, 'it is not on the public internet')
  return url
}
