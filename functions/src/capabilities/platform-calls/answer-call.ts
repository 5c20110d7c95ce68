import { DomainError, type ErrorCode } from '#domain/errors.ts'
import type { Call, PlatformCall } from '#domain/platform-call.ts'
import { type FailureDetails, type FailureKind, PlatformFailure } from '#domain/platform-failure.ts'
import { context } from '#functions/lib/context.ts'
import type { AdPlatform, Ports } from '#functions/ports/index.ts'

type Answer =
  | { answer: unknown }
  | { failure: { kind: FailureKind; message: string; details: FailureDetails } }
  | { error: { code: ErrorCode; message: string; remedy?: string } }

/** Makes the call behind the guards. What the platform, a guard or the domain says against it is an answer too. */
export async function answerCall(
  { platforms }: Pick<Ports, 'platforms'>,
  { org, connection, urgent, startBy, call }: PlatformCall,
  realNow: () => number = () => Date.now(),
): Promise<Answer> {
  context().org = org
  const assertTimely = (): void => {
    if (realNow() <= Date.parse(startBy)) return
    throw new PlatformFailure('transient', `${call.method}: came too late and was not sent`)
  }
  try {
    const platform = await platforms.open(org, connection, assertTimely, urgent)
    return { answer: (await make(platform, call)) ?? null }
  } catch (error) {
    if (error instanceof PlatformFailure) {
      const { kind, message, details } = error
      return { failure: { kind, message, details } }
    }
    if (!(error instanceof DomainError)) throw error
    const { code, message, details } = error
    return { error: { code, message, ...(details.remedy && { remedy: details.remedy }) } }
  }
}

function make(platform: AdPlatform, call: Call): Promise<unknown> {
  switch (call.method) {
    case 'plan':
      return platform.plan(call.brief)
    case 'create':
    case 'update':
    case 'find':
      return platform[call.method](call.step, call.made)
    case 'set':
      return platform.set(call.made, call.delivery)
    case 'state':
      return platform.state(call.made)
    case 'remove':
      return platform.remove(call.level, call.id)
    case 'report':
      return platform.report(call.query, call.token)
    case 'stopped':
    case 'check':
      return platform[call.method]()
  }
}
