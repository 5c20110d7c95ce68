import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretManager } from '#functions/adapters/secrets/secrets.ts'
import { accountOf } from '#functions/lib/caller.ts'
import { env } from '#functions/lib/env.ts'
import { startSecrets } from '#local/secrets/start-secrets.ts'
import { localSigner, startTokens } from '#local/tokens.ts'
import { frozenClock } from '#tests/contract/local/world.ts'
import { functions } from '#tests/entry/ingest/functions.ts'

const AT = '2026-11-20T15:00:00.000Z'

/** `ask-google-ads` behind a real HTTP server, with `api` beside it, secrets and the metadata server that tells them who they are. */
export async function asking() {
  const folder = mkdtempSync(join(tmpdir(), 'adflux-asking-'))
  const secrets = await startSecrets({ port: 0, stateFile: join(folder, 'secrets'), clock: frozenClock(folder) })
  const stack = await functions(['api', 'ask-google-ads'], { secretsHost: `127.0.0.1:${secrets.port}` })
  const project = process.env.GOOGLE_CLOUD_PROJECT ?? ''
  const signer = await localSigner(join(folder, 'key.json'))
  const tokens = await startTokens({ port: 0, signer, runsAs: accountOf(project, 'api') })
  // Read at the first call of a function, and there was none so far.
  Object.assign(process.env, {
    ADFLUX_JWKS_URL: tokens.url,
    ADFLUX_METADATA_HOST: `127.0.0.1:${tokens.port}`,
    ADFLUX_FUNCTIONS_URL: stack.host.url,
  })
  const running = { state: 'running', by: 'system:test', at: AT, why: null }
  await stack.db.doc('control/global').set(running)

  return {
    ...stack,
    ...{ project, signer },
    env: { functionsUrl: stack.host.url, local: env().local },
    secrets: secretManager(env()),
    /** Nothing is created until both switches say that it may be. */
    switchOn: (org: string) =>
      stack.db.doc(`orgs/${org}/control/switch`).set({
        ...{ id: 'switch', schemaVersion: 1, version: 1, auditHash: '', createdAt: AT, updatedAt: AT },
        ...running,
      }),
    stop: async () => {
      await stack.stop()
      await tokens.stop()
      await secrets.stop()
    },
  }
}
