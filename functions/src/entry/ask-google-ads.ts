import { http } from '@google-cloud/functions-framework'
import { PlatformCall } from '#domain/platform-call.ts'
import { answerCall } from '#functions/capabilities/platform-calls/answer-call.ts'
import { machineCall } from '#functions/lib/machine-call.ts'
import { ports } from '#functions/wiring.ts'

http(
  'ask-google-ads',
  machineCall('ask-google-ads', PlatformCall, async (asked) => answerCall(await ports('platforms'), asked)),
)
