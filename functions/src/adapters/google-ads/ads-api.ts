import { credentials } from '@grpc/grpc-js'
import { GoogleAdsApi, googleAdsVersion } from 'google-ads-api'
import type { Connection } from '#domain/connection.ts'
import { readCredentials } from '#domain/credentials.ts'
import { context } from '#functions/lib/context.ts'
import { log } from '#functions/lib/log.ts'
import { classify, noAnswer } from './failure.ts'

/** A call must have ended before the task that made it is given up. */
const DEADLINE_MS = 25_000
const SERVICE = `google.ads.googleads.${googleAdsVersion}.services.GoogleAdsService`

/**
 * Without this the SDK sends a Mutate again by itself when no answer came, for up to four hours. The name carries the API's version: a
 * wrong one would silently bring the retries back, so a contract test counts the calls.
 */
const ONE_ATTEMPT = {
  clientConfig: {
    interfaces: {
      [SERVICE]: {
        retry_codes: { idempotent: [], non_idempotent: [] },
        methods: {
          Mutate: {
            timeout_millis: DEADLINE_MS,
            retry_codes_name: 'non_idempotent',
            retry_params_name: 'default',
          },
        },
      },
    },
  },
}

type Entity = 'campaign_budget' | 'campaign' | 'ad_group' | 'ad_group_ad' | 'ad_group_criterion' | 'campaign_criterion'

/** One operation of a Mutate: what is created or updated, or the resource name that is removed. */
export type Operation =
  | { entity: Entity; operation: 'create' | 'update'; resource: Record<string, unknown> }
  | { entity: Entity; operation: 'remove'; resource: string }

/** One ad account. Every method throws PlatformFailure alone. */
export interface AdsApi {
  customerId: string
  /** Rows of a GAQL query in REST's spelling: ids and amounts are texts, enums are names. */
  rows(gaql: string): AsyncGenerator<unknown>
  /** All operations or none; answers the resource names, in order. */
  mutate(operations: readonly Operation[], options?: { validateOnly: boolean }): Promise<string[]>
  /** Places by their names in one country. */
  suggest(names: readonly string[], countryCode: string, locale: string): Promise<unknown>
}

/** `beforeChange` has the last word on each call that changes something, when the token for it is there. */
export function adsApi(
  connection: Connection,
  secret: string,
  beforeChange: () => Promise<void> = async () => undefined,
): AdsApi {
  const { developerToken, clientId, clientSecret, refreshToken } = readCredentials('google-ads', secret)
  const client = new GoogleAdsApi({
    client_id: clientId,
    client_secret: clientSecret,
    developer_token: developerToken,
    // Parsed, an id beyond 2^53 would lose its last digits.
    disable_parsing: true,
    // The SDK spreads these into the options of its gRPC clients, and names only a few of them in its types.
    grpc_channel_options: ONE_ATTEMPT as object,
  })
  const customerId = connection.accountId
  const manager = connection.settings.loginCustomerId?.replaceAll('-', '')
  const customer = client.Customer({
    customer_id: customerId,
    refresh_token: refreshToken,
    ...(manager && { login_customer_id: manager }),
  })

  const token = { now: '' }
  withHeaders(customer, () => token.now)
  withoutOwnGrant(customer)

  /**
   * Asked for before each call, and remembered by the SDK: where the grant fails inside a stream, the SDK loses the reason. Nothing has
   * been sent by then, so it is never ambiguous.
   */
  const grant = async (where: string): Promise<void> => {
    const { getAccessToken } = customer as unknown as { getAccessToken(): Promise<string> }
    token.now = await inTime(getAccessToken.call(customer), where, false).catch((thrown: unknown) => {
      throw told(classify(thrown, where, false), where)
    })
  }

  return {
    customerId,

    async *rows(gaql) {
      const where = `search ${/FROM (\w+)/.exec(gaql)?.[1] ?? ''}`
      await grant(where)
      const stream = customer.queryStream<unknown>(gaql)
      try {
        for (;;) {
          const next = await inTime(stream.next(), where, false)
          if (next.done) break
          yield next.value
        }
        log().info({ call: where }, 'platform call')
      } catch (thrown) {
        throw told(classify(thrown, where, false), where)
      }
    },

    async mutate(operations, options = { validateOnly: false }) {
      const writes = !options.validateOnly
      const where = writes ? 'mutate' : 'validate'
      await grant(where)
      // Whoever waits for a token may have waited too long.
      if (writes) await beforeChange()
      try {
        const sent = customer.mutateResources(operations as Parameters<typeof customer.mutateResources>[0], {
          validate_only: options.validateOnly,
          partial_failure: false,
        })
        const answer = await inTime(sent, where, writes)
        log().info({ call: where, operations: operations.length }, 'platform call')
        return answer.mutate_operation_responses.map((response) => nameIn(response))
      } catch (thrown) {
        throw told(classify(thrown, where, writes), where)
      }
    },

    async suggest(names, countryCode, locale) {
      const where = 'suggest places'
      await grant(where)
      try {
        const sent = customer.geoTargetConstants.suggestGeoTargetConstants({
          location_names: { names: [...names] },
          country_code: countryCode,
          locale,
        } as Parameters<typeof customer.geoTargetConstants.suggestGeoTargetConstants>[0])
        const answer: unknown = await inTime(sent, where, false)
        log().info({ call: where }, 'platform call')
        return Array.isArray(answer) ? answer[0] : answer
      } catch (thrown) {
        throw told(classify(thrown, where, false), where)
      }
    },
  }
}

/** The platform ignores the correlation; a proxy's log on the way shows which push led to the call. */
function withHeaders(customer: object, token: () => string): void {
  const headers = Reflect.get(customer, 'callHeaders') as Record<string, string>
  Object.defineProperty(customer, 'callHeaders', {
    get: () => ({
      ...headers,
      authorization: `Bearer ${token()}`,
      'x-correlation-id': context().correlationId,
    }),
  })
}

/**
 * The SDK's gRPC calls fetch a token of their own, for as long as it takes, and only then does their deadline begin: a Mutate could be
 * sent long after it was given up. Ours brings the token that is there already.
 */
const withoutOwnGrant = (customer: object): void =>
  void Object.defineProperty(customer, 'getCredentials', { value: () => credentials.createSsl() })

function told<E extends ReturnType<typeof classify>>(failure: E, call: string): E {
  log().info({ call, kind: failure.kind, code: failure.details.code }, 'platform call')
  return failure
}

/** Each response holds one result under its own name. */
function nameIn(response: object): string {
  for (const value of Object.values(response))
    if (typeof value === 'object' && value !== null && 'resource_name' in value) return String(value.resource_name)
  return ''
}

/** The SDK gives its REST calls no deadline, nor the grant. */
async function inTime<T>(work: Promise<T>, where: string, writes: boolean): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noAnswer(where, writes)), DEADLINE_MS + 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    // Whatever it still becomes, nobody waits for it any more.
    work.catch(() => undefined)
  }
}
