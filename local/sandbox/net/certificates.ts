import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import forge from 'node-forge'

export interface Certificates {
  /** Path of the authority's certificate: what NODE_EXTRA_CA_CERTS points at. */
  caFile: string
  cert: string
  key: string
}

const CA_YEARS = 10
const LEAF_DAYS = 390
const RENEW_BEFORE_MS = 30 * 86_400_000

/**
 * The authority of one state folder and a server certificate for `hosts`. Made once, mode 0600; the leaf is made again when
 * the hosts change or its end comes near, the authority never, because other processes were started trusting it.
 */
export function certificates(stateDir: string, hosts: readonly string[]): Certificates {
  mkdirSync(stateDir, { recursive: true })
  const caFile = join(stateDir, 'ca.pem')
  const files = { caKey: join(stateDir, 'ca.key'), leaf: join(stateDir, 'tls.pem'), leafKey: join(stateDir, 'tls.key') }
  if (!existsSync(caFile) || !existsSync(files.caKey)) makeAuthority(caFile, files.caKey)
  if (!leafServes(files.leaf, files.leafKey, hosts)) makeLeaf(caFile, files, hosts)
  return { caFile, cert: readFileSync(files.leaf, 'utf8'), key: readFileSync(files.leafKey, 'utf8') }
}

function makeAuthority(caFile: string, keyFile: string): void {
  const { privateKey, publicKey } = keyPair()
  const cert = unsigned(publicKey, CA_YEARS * 365)
  const name = [{ name: 'commonName', value: 'AdFlux sandbox authority' }]
  cert.setSubject(name)
  cert.setIssuer(name)
  cert.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ])
  cert.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create())
  secret(keyFile, privateKey)
  secret(caFile, forge.pki.certificateToPem(cert))
}

function makeLeaf(
  caFile: string,
  files: { caKey: string; leaf: string; leafKey: string },
  hosts: readonly string[],
): void {
  const { privateKey, publicKey } = keyPair()
  const authority = forge.pki.certificateFromPem(readFileSync(caFile, 'utf8'))
  const cert = unsigned(publicKey, LEAF_DAYS)
  cert.setSubject([{ name: 'commonName', value: 'AdFlux sandbox' }])
  cert.setIssuer(authority.subject.attributes)
  cert.setExtensions([
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: [...hosts.map((value) => ({ type: 2, value })), { type: 7, ip: '127.0.0.1' }],
    },
  ])
  cert.sign(forge.pki.privateKeyFromPem(readFileSync(files.caKey, 'utf8')), forge.md.sha256.create())
  secret(files.leafKey, privateKey)
  secret(files.leaf, forge.pki.certificateToPem(cert))
}

function leafServes(leafFile: string, keyFile: string, hosts: readonly string[]): boolean {
  if (!existsSync(leafFile) || !existsSync(keyFile)) return false
  try {
    createPrivateKey(readFileSync(keyFile, 'utf8'))
    const cert = forge.pki.certificateFromPem(readFileSync(leafFile, 'utf8'))
    const names = cert.getExtension('subjectAltName') as { altNames?: { value?: string }[] } | null
    const known = new Set(names?.altNames?.map((name) => name.value))
    return hosts.every((host) => known.has(host)) && cert.validity.notAfter.getTime() - Date.now() > RENEW_BEFORE_MS
  } catch {
    return false
  }
}

function unsigned(publicKeyPem: string, days: number): forge.pki.Certificate {
  const cert = forge.pki.createCertificate()
  cert.publicKey = forge.pki.publicKeyFromPem(publicKeyPem)
  cert.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(15))}`
  // Real time on purpose: a TLS client checks the validity against the machine's clock, not the stack's.
  cert.validity.notBefore = new Date(Date.now() - 86_400_000)
  cert.validity.notAfter = new Date(Date.now() + days * 86_400_000)
  return cert
}

function keyPair(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

function secret(file: string, text: string): void {
  writeFileSync(`${file}.tmp`, text, { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}
