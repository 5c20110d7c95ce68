import { status } from '@grpc/grpc-js'
import { codeOfHttp } from '#local/grpc.ts'
import { deadlineOf, type JobSpec } from '#local/scheduler/job.ts'
import {
  authorized,
  type Deadline,
  methodOf,
  type Outcome,
  type OutgoingRequest,
  ownHeaders,
  sendRequest,
} from '#local/standin/send-request.ts'
import type { TokenSigner } from '#local/tokens.ts'

export interface Delivery {
  signer: TokenSigner
  deadline: Deadline
  stop: AbortSignal
  /** host:port of the Pub/Sub emulator. */
  pubsubHost: string
}

const PUBLISH_DEADLINE_MS = 30_000

/** Delivers a job to its target once; answers a google.rpc.Status, code 0 when it was taken. Never throws. */
export async function deliver(
  spec: JobSpec,
  scheduledFor: number,
  { signer, deadline, stop, pubsubHost }: Delivery,
): Promise<{ code: number; message: string }> {
  const { httpTarget, pubsubTarget } = spec
  if (pubsubTarget) {
    const request = publishRequest(pubsubTarget, pubsubHost)
    return statusOf(await sendRequest(request, deadline(PUBLISH_DEADLINE_MS), stop))
  }
  const target = httpTarget ?? {}
  const request = await authorized(target, httpRequest(spec, scheduledFor), signer)
  return statusOf(await sendRequest(request, deadline(deadlineOf(spec)), stop))
}

// https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics/publish
function publishRequest(
  { topicName, data, attributes }: NonNullable<JobSpec['pubsubTarget']>,
  host: string,
): OutgoingRequest {
  const message = { ...(data ? { data } : {}), ...(attributes ? { attributes } : {}) }
  return {
    url: `http://${host}/v1/${topicName}:publish`,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify({ messages: [message] })),
  }
}

function httpRequest({ name, httpTarget = {} }: JobSpec, scheduledFor: number): OutgoingRequest {
  const headers = ownHeaders(httpTarget.headers, /^x-cloudscheduler(-.*)?$/i)
  const typed = Object.keys(headers).some((header) => header.toLowerCase() === 'content-type')
  return {
    url: httpTarget.uri ?? '',
    method: methodOf(httpTarget),
    headers: {
      ...headers,
      ...(httpTarget.body && !typed ? { 'Content-Type': 'application/octet-stream' } : {}),
      'User-Agent': 'Google-Cloud-Scheduler',
      'X-CloudScheduler': 'true',
      'X-CloudScheduler-JobName': name.split('/').at(-1) ?? '',
      'X-CloudScheduler-ScheduleTime': new Date(scheduledFor).toISOString(),
    },
    body: httpTarget.body ? Buffer.from(httpTarget.body, 'base64') : undefined,
  }
}

function statusOf(outcome: Outcome): { code: number; message: string } {
  if (outcome.kind === 'deadline') return { code: status.DEADLINE_EXCEEDED, message: 'No answer within the deadline' }
  if (outcome.kind === 'unreachable') return { code: status.UNAVAILABLE, message: outcome.reason }
  const code = codeOfHttp(outcome.httpStatus)
  return { code, message: code === status.OK ? '' : `The target answered ${outcome.httpStatus}` }
}
