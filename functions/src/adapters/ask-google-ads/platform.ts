import { z } from 'zod'
import type { Connection } from '#domain/connection.ts'
import type { Call, PlatformCall } from '#domain/platform-call.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { context } from '#functions/lib/context.ts'
import type { Environment } from '#functions/lib/env.ts'
import type { AdPlatform } from '#functions/ports/index.ts'
import { ANSWERS, thrownThere } from './answers.ts'
import { identityTokens } from './identity-token.ts'

const ASKED = 'ask-google-ads'
/** Room for a cold start; with a lease's age before and the call's own time behind, it ends before another worker may begin. */
const START_WITHIN_MS = 8_000
/** Shorter than whoever asks may take in all. */
const PATIENCE_MS = 50_000
const CHANGES: readonly Call['method'][] = ['create', 'update', 'set', 'remove']

export type AskGoogleAds = (org: string, connection: Connection, assertTimely?: () => void) => AdPlatform

/**
 * Google Ads without its SDK: each call is made by the function that carries it. The guards stand there, right before the call; only
 * `assertTimely` is asked here, and what it cannot see any more is bounded by `startBy`.
 */
export function googleAdsAsker(env: Pick<Environment, 'functionsUrl' | 'local'>): AskGoogleAds {
  const url = `${env.functionsUrl}/${ASKED}`
  const tokenFor = identityTokens(env)

  async function send(body: () => PlatformCall, uncertain: 'ambiguous' | 'transient', assertTimely: () => void) {
    const token = await tokenFor(url).catch((error: Error) => {
      throw new PlatformFailure('transient', `${ASKED}: no identity token: ${error.name}`)
    })
    assertTimely()
    const sent = fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'x-correlation-id': context().correlationId,
      },
      body: JSON.stringify(body()),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    try {
      const answer = await sent
      return { status: answer.status, json: answer.ok ? await answer.json() : null }
    } catch {
      throw new PlatformFailure(uncertain, `${ASKED}: no answer`)
    }
  }

  return (org, connection, assertTimely = () => undefined) => {
    let urgent = false

    async function ask<T>(call: Call, answer: z.ZodType<T>): Promise<T> {
      const changes = CHANGES.includes(call.method)
      const uncertain = changes ? 'ambiguous' : 'transient'
      const body = (): PlatformCall => {
        const startBy = new Date(Date.now() + START_WITHIN_MS).toISOString()
        return { org, connection, urgent, startBy, call }
      }
      const { status, json } = await send(body, uncertain, changes ? assertTimely : () => undefined)
      // Refused at the door: nothing was done.
      if (status >= 400 && status < 500) throw new PlatformFailure('transient', `${ASKED}: HTTP ${status}`)
      if (status !== 200) throw new PlatformFailure(uncertain, `${ASKED}: HTTP ${status}`)
      const thrown = thrownThere(json)
      if (thrown) throw thrown
      const read = z.object({ answer }).safeParse(json)
      if (!read.success) throw new PlatformFailure(uncertain, `${ASKED}: an answer that cannot be read`)
      return read.data.answer
    }

    return {
      plan: (brief) => ask({ method: 'plan', brief }, ANSWERS.plan),
      // Search ads show no images: the bytes need not travel.
      keepImage: async () => null,
      create: (step, made) => ask({ method: 'create', step, made }, ANSWERS.create),
      async update(step, made) {
        await ask({ method: 'update', step, made }, ANSWERS.update)
      },
      find: (step, made) => ask({ method: 'find', step, made }, ANSWERS.find),
      async set(made, delivery) {
        urgent = delivery === 'paused'
        await ask({ method: 'set', made, delivery }, ANSWERS.set)
      },
      state: (made) => ask({ method: 'state', made }, ANSWERS.state),
      async remove(level, id) {
        await ask({ method: 'remove', level, id }, ANSWERS.remove)
      },
      stopped: () => ask({ method: 'stopped' }, ANSWERS.stopped),
      report: (query, token) => ask({ method: 'report', query, token }, ANSWERS.report),
      check: () => ask({ method: 'check' }, ANSWERS.check),
    }
  }
}
