import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Firestore } from '@google-cloud/firestore'
import type { Action } from '#domain/actor.ts'
import { describeKey, mintKey } from '#functions/lib/api-key.ts'
import { loadEntries } from '#local/host/entries.ts'
import { startHost } from '#local/host/start-host.ts'
import { freshProject } from '#tests/support/fresh-project.ts'
import { ROOT } from '#tests/support/project-files.ts'

const AT = '2026-11-20T15:00:00.000Z'

/** The functions as the host runs them, limits of the preload included, on the emulators, with an organisation and an API key. */
export async function functions(names: string[], options: { scopes?: Action[]; secretsHost?: string } = {}) {
  const project = freshProject()
  const clockFile = join(mkdtempSync(join(tmpdir(), 'adflux-entry-')), 'clock.json')
  const setClock = (at: string) =>
    writeFileSync(clockFile, JSON.stringify({ realBase: Date.now(), virtualBase: Date.parse(at), speed: 0 }))
  setClock(AT)
  const unused = '127.0.0.1:1'
  Object.assign(process.env, {
    ...{ GOOGLE_CLOUD_PROJECT: project, GCLOUD_PROJECT: project, LOG_LEVEL: 'silent' },
    ...{ ADFLUX_FUNCTIONS_URL: 'http://127.0.0.1:1', ADFLUX_CONSOLE_URL: 'http://127.0.0.1:1' },
    ...{ ADFLUX_LOCAL: '1', ADFLUX_CLOCK_FILE: clockFile, ADFLUX_JWKS_URL: 'http://127.0.0.1:1/jwks.json' },
    ...{ CLOUD_TASKS_EMULATOR_HOST: unused, CLOUD_SCHEDULER_EMULATOR_HOST: unused },
    ...{ SECRET_MANAGER_EMULATOR_HOST: options.secretsHost ?? unused, ADFLUX_METADATA_HOST: unused },
  })
  const entries = await loadEntries(names, new URL(`file://${ROOT}functions/src/entry/`))
  const list = JSON.parse(readFileSync(join(ROOT, 'functions/functions.json'), 'utf8'))
  const host = await startHost({ port: 0, project, entries, list, identityToken: async () => 'none' })
  const db = new Firestore({ projectId: project })

  /** A second organisation shows what the first must not see. */
  const organisation = async (scopes: Action[] = ['jobs:write', 'feeds:write', 'read']) => {
    const org = `org_${randomUUID().slice(0, 8)}`
    const stored = { schemaVersion: 1, version: 0, auditHash: '', createdAt: AT, updatedAt: AT }
    const text = mintKey('test')
    const key = { text, ...describeKey(text) }
    await db.doc(`orgs/${org}`).set({
      ...stored,
      ...{ id: org, name: org, locale: 'es', currency: 'COP', timeZone: 'America/Bogota', dailyCap: null },
    })
    await db.doc(`orgs/${org}/apiKeys/${key.id}`).set({
      ...{ id: key.id, schemaVersion: 1, name: 'ATS', hash: key.hash, last4: key.last4, scopes },
      ...{ createdAt: AT, expiresAt: '2027-11-20T00:00:00.000Z', revokedAt: null },
    })
    const call = async (path: string, init: RequestInit & { json?: unknown } = {}) => {
      const { json, ...rest } = init
      const answer = await fetch(`${host.url}${path}`, {
        method: json === undefined ? 'GET' : 'POST',
        ...rest,
        ...(json !== undefined && { body: JSON.stringify(json) }),
        headers: {
          authorization: `Bearer ${key.text}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...(rest.headers as Record<string, string>),
        },
      })
      const text = await answer.text()
      const isJson = answer.headers.get('content-type')?.includes('json')
      return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text }
    }
    return { org, key: key.text, call }
  }
  return {
    ...{ host, db, organisation, setClock },
    stop: async () => {
      await host.stop(1000)
      await db.terminate()
    },
  }
}
