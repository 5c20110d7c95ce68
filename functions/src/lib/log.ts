import pino from 'pino'
import { context } from './context.ts'
import { logLevel } from './env.ts'

const SEVERITY: Record<string, string> = {
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
}

/** Fields that never leave the process, wherever they hang. */
const SECRET = [
  'token',
  'accessToken',
  'access_token',
  'authorization',
  'password',
  'secret',
  'email',
  'phone',
  'apiKey',
]

let logger: pino.Logger | undefined

/** Where lines go from now on: elsewhere than standard output, for whoever has to read them. */
export function logTo(sink: pino.DestinationStream): void {
  logger = make(sink)
}

/** Structured for Cloud Logging: `severity`, `message`, the correlation id and trace of the running request. */
export function log(): pino.Logger {
  logger ??= make()
  return logger
}

function make(sink?: pino.DestinationStream): pino.Logger {
  const options: pino.LoggerOptions = {
    level: logLevel(),
    messageKey: 'message',
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ severity: SEVERITY[label] ?? 'DEFAULT' }) },
    redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    mixin: () => {
      const { correlationId, org, functionName } = context()
      return { correlationId, org, function: functionName }
    },
  }
  return sink ? pino(options, sink) : pino(options)
}

/** An error as it may be logged: name, message and stack, never its properties (SDK errors carry tokens and bodies). */
export const loggable = (error: unknown): { name: string; message: string; stack?: string } =>
  error instanceof Error
    ? { name: error.name, message: error.message, ...(error.stack && { stack: error.stack }) }
    : { name: 'unknown', message: String(error) }
