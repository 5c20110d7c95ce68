import { type Answer, type Host, html, json } from '../net/answer.ts'
import type { GrpcAnswer, GrpcHost } from '../net/grpc.ts'
import { items, members, text } from '../world.ts'
import { anyCustomer } from './authenticate.ts'
import { FAILURE_TYPE, failureOf, type GoogleAdsError, GRPC, messageOf, RETRY_TYPE, restError } from './errors.ts'
import { decode, encode } from './proto.ts'
import { type GoogleCall, type GoogleParts, type Outcome, serve, serveMutate, serveSearch, suggest } from './service.ts'

const FAILURE = 'google.ads.googleads.v25.errors.googleadsfailure-bin'
const MUTATE = '/google.ads.googleads.v25.services.GoogleAdsService/Mutate'
const SUGGEST = '/google.ads.googleads.v25.services.GeoTargetConstantService/SuggestGeoTargetConstants'
const UNIMPLEMENTED = 12
const ROWS_PER_BATCH = 10_000

let requests = 0
const requestId = (): string => `sandbox-${++requests}`

/** googleads.googleapis.com over gRPC: Mutate and the search for places. */
export function googleGrpcHost(parts: GoogleParts): GrpcHost {
  return async ({ path, headers, message }) => {
    if (path === MUTATE) {
      const request = decode('services.MutateGoogleAdsRequest', message) as ReturnType<typeof members>
      const operation = request.validate_only === true ? 'validate' : 'mutate'
      const call: GoogleCall = {
        ...{ headers, path, operation, method: 'POST' },
        customer: text(request.customer_id),
        params: request,
      }
      return grpcAnswer(serveMutate(parts, call, request), ({ responses, problems }) =>
        encode('services.MutateGoogleAdsResponse', {
          mutate_operation_responses: responses,
          ...(problems.length > 0 && {
            partial_failure_error: {
              code: GRPC.INVALID_ARGUMENT,
              message: 'Multiple errors in ‘details’.',
              details: [
                {
                  type_url: FAILURE_TYPE,
                  value: encode('errors.GoogleAdsFailure', failureOf(problems, requestId())),
                },
              ],
            },
          }),
        }),
      )
    }
    if (path === SUGGEST) {
      const request = members(decode('services.SuggestGeoTargetConstantsRequest', message))
      const names = items(members(request.location_names).names).map(text)
      const call: GoogleCall = {
        ...{ headers, path, operation: 'suggest' as const, method: 'POST' },
        customer: anyCustomer(parts.world, headers),
        params: request,
      }
      return grpcAnswer(
        serve(parts, call, () => suggest(names, text(request.country_code) || undefined)),
        (found) =>
          encode('services.SuggestGeoTargetConstantsResponse', {
            geo_target_constant_suggestions: found.map(({ term, place }) => ({
              search_term: term,
              reach: String(place.reachK * 1000),
              geo_target_constant: {
                resource_name: `geoTargetConstants/${place.id}`,
                id: place.id,
                name: place.name,
                country_code: place.countryCode,
                target_type: place.targetType,
                canonical_name: place.canonicalName,
                status: 'ENABLED',
              },
            })),
          }),
      )
    }
    return { status: UNIMPLEMENTED, message: `The sandbox does not imitate ${path}` }
  }
}

function grpcAnswer<T>(outcome: Outcome<T>, body: (value: T) => Buffer): GrpcAnswer {
  switch (outcome.kind) {
    case 'hang':
      return { status: 0, hang: true }
    case 'wrong-body':
      return { status: 0, body: Buffer.from('<html>502 Bad Gateway</html>') }
    case 'failed':
      return grpcFailure(outcome.error)
    default:
      return { status: 0, body: body(outcome.value), delayMs: outcome.delayMs }
  }
}

function grpcFailure({ status, problems, retrySeconds }: GoogleAdsError): GrpcAnswer {
  const id = requestId()
  const message = messageOf(status)
  const failure = encode('errors.GoogleAdsFailure', failureOf(problems, id))
  const details = [
    ...(problems.length > 0 ? [{ type_url: FAILURE_TYPE, value: failure }] : []),
    ...(retrySeconds !== undefined ? [{ type_url: RETRY_TYPE, value: retryInfo(retrySeconds) }] : []),
  ]
  const whole = encode('google.rpc.Status', { code: status, message, details }).toString('base64')
  return {
    ...{ status, message },
    trailers: {
      'request-id': id,
      ...(problems.length > 0 && { [FAILURE]: failure.toString('base64') }),
      ...(details.length > 0 && { 'grpc-status-details-bin': whole }),
    },
  }
}

const retryInfo = (seconds: number): Buffer => encode('google.rpc.RetryInfo', { retry_delay: { seconds } })

/** googleads.googleapis.com over REST: https://developers.google.com/google-ads/api/rest/overview */
export function googleRestHost(parts: GoogleParts): Host {
  return async ({ method, url, headers, body }) => {
    const match = /^\/v25\/customers\/(\d+)\/googleAds:(search|searchStream)$/.exec(url.split('?')[0] ?? '')
    if (!match || method !== 'POST') return html(404, 'Error 404 (Not Found)')
    const [, customer = '', name] = match
    const stream = name === 'searchStream'
    let request: ReturnType<typeof members>
    try {
      request = members(JSON.parse(body.toString('utf8')))
    } catch {
      return json(400, { error: { code: 400, message: 'Invalid JSON payload received.', status: 'INVALID_ARGUMENT' } })
    }
    const call: GoogleCall = {
      ...{ headers, customer, method, operation: 'search' as const },
      path: url,
      params: request,
    }
    return restAnswer(serveSearch(parts, call, request.query), stream)
  }
}

function restAnswer(outcome: Outcome<{ rows: unknown[]; fields: string[] }>, stream: boolean): Answer {
  switch (outcome.kind) {
    case 'hang':
      return { ...json(200, {}), hang: true }
    case 'wrong-body':
      return html(200, 'Bad Gateway')
    case 'failed': {
      const { http, error } = restError(outcome.error, requestId())
      return json(http, stream ? [{ error }] : { error })
    }
    default: {
      const { rows, fields } = outcome.value
      const batch = (results: unknown[]) => ({ results, fieldMask: fields.join(','), requestId: requestId() })
      const batches = Array.from({ length: Math.max(1, Math.ceil(rows.length / ROWS_PER_BATCH)) }, (_, i) =>
        batch(rows.slice(i * ROWS_PER_BATCH, (i + 1) * ROWS_PER_BATCH)),
      )
      const answer = json(200, stream ? batches : { ...batch(rows), totalResultsCount: String(rows.length) })
      return { ...answer, delayMs: outcome.delayMs, breakOff: outcome.breakOff }
    }
  }
}
