import { existsSync, readFileSync } from 'node:fs'
import { setGlobalProxyFromEnv } from 'node:http'
import { dirname, join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Profile } from '../profile.ts'

declare module 'node:http' {
  /** In Node since 24.14; its types do not know it yet. Returns what undoes it. */
  function setGlobalProxyFromEnv(env: Record<string, string>): () => void
}

/** A local stack's ports follow one another: console, functions, sandbox, and the proxy that leads every platform's host to it. */
const PROXY_OFFSET = 3

/**
 * Beside a local stack no real service is called: whatever leaves this process goes to the stack's sandbox, whose certificates are
 * trusted by this process alone. Elsewhere nothing changes.
 */
export function stayLocal({ file, sandboxUrl, consoleUrl }: Profile): void {
  if (!file || !sandboxUrl || !consoleUrl) return
  const base = Number(new URL(consoleUrl).port)
  const found = [join(dirname(file), 'ca.pem'), join(dirname(file), String(base), 'ca.pem')].find((path) =>
    existsSync(path),
  )
  if (!found) return
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(found, 'utf8')])
  setGlobalProxyFromEnv({ https_proxy: `http://127.0.0.1:${base + PROXY_OFFSET}`, no_proxy: '127.0.0.1,localhost' })
}
