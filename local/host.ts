import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadEntries } from './host/entries.ts'
import { startHost } from './host/start-host.ts'
import { childOf } from './stack/child.ts'
import { INVOKER, PROJECT } from './stack/environment.ts'
import { portsFrom } from './stack/ports.ts'
import { localSigner } from './tokens.ts'

/** The function host's process. Arguments: port base, state folder. */
const [, , base, state] = process.argv

await childOf('host', async () => {
  const functions = new URL('../functions/', import.meta.url)
  const list = JSON.parse(readFileSync(new URL('functions.json', functions), 'utf8'))
  const signer = await localSigner(join(String(state), 'signing-key.json'))
  const entries = await loadEntries(Object.keys(list.functions), new URL('src/entry/', functions))
  const host = await startHost({
    port: portsFrom(Number(base)).host,
    project: PROJECT,
    entries,
    list,
    identityToken: (audience) => signer.identityToken({ serviceAccountEmail: INVOKER, audience }),
  })
  return () => host.stop(3_000)
})
