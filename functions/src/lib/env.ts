import { z } from 'zod'

const HostPort = z.string().regex(/^[^:]+:\d+$/)

const Environment = z.object({
  projectId: z.string().min(1),
  location: z.string().default('us-central1'),
  functionName: z.string().optional(),
  /** Where functions answer: task URLs and OIDC audiences are made from it. */
  functionsUrl: z.url(),
  /** Where the console, the API's rewrites and the click tracker answer the public. */
  consoleUrl: z.url(),
  /** Web API key of Identity Platform; any value does on the emulator. */
  webApiKey: z.string().default('local'),
  geminiKey: z.string().optional(),
  geminiModel: z.string().default('gemini-2.5-flash'),
  local: z
    .object({
      clockFile: z.string(),
      jwksUrl: z.url(),
      tasksHost: HostPort,
      schedulerHost: HostPort,
      secretsHost: HostPort,
      metadataHost: HostPort,
      authHost: HostPort.optional(),
    })
    .optional(),
})
export type Environment = z.infer<typeof Environment>

/** Variables that only the local stack and tests set. */
const LOCAL_ONLY = [
  'ADFLUX_LOCAL',
  'ADFLUX_CLOCK_FILE',
  'ADFLUX_JWKS_URL',
  'ADFLUX_METADATA_HOST',
  'FIRESTORE_EMULATOR_HOST',
  'PUBSUB_EMULATOR_HOST',
  'FIREBASE_AUTH_EMULATOR_HOST',
  'CLOUD_TASKS_EMULATOR_HOST',
  'CLOUD_SCHEDULER_EMULATOR_HOST',
  'SECRET_MANAGER_EMULATOR_HOST',
  'HTTPS_PROXY',
  'https_proxy',
  'NODE_EXTRA_CA_CERTS',
] as const

function read(vars: NodeJS.ProcessEnv): Environment {
  const stray = LOCAL_ONLY.filter((name) => vars[name])
  // esbuild writes this constant into what is deployed: tokens must never travel through a proxy or to an emulator there.
  const production = (globalThis as { __ADFLUX_BUILD__?: string }).__ADFLUX_BUILD__ === 'production'
  if (production && stray.length > 0)
    throw new Error(`A production build refuses local settings: unset ${stray.join(', ')}`)
  const local = vars.ADFLUX_LOCAL === '1'
  return Environment.parse({
    projectId: vars.GOOGLE_CLOUD_PROJECT ?? vars.GCLOUD_PROJECT,
    location: vars.ADFLUX_LOCATION,
    functionName: vars.FUNCTION_TARGET,
    functionsUrl: vars.ADFLUX_FUNCTIONS_URL,
    consoleUrl: vars.ADFLUX_CONSOLE_URL,
    webApiKey: vars.ADFLUX_WEB_API_KEY,
    geminiKey: vars.GEMINI_API_KEY,
    geminiModel: vars.GEMINI_MODEL,
    local: local
      ? {
          clockFile: vars.ADFLUX_CLOCK_FILE,
          jwksUrl: vars.ADFLUX_JWKS_URL,
          tasksHost: vars.CLOUD_TASKS_EMULATOR_HOST,
          schedulerHost: vars.CLOUD_SCHEDULER_EMULATOR_HOST,
          secretsHost: vars.SECRET_MANAGER_EMULATOR_HOST,
          metadataHost: vars.ADFLUX_METADATA_HOST,
          authHost: vars.FIREBASE_AUTH_EMULATOR_HOST,
        }
      : undefined,
  })
}

let cached: Environment | undefined
/** Read once, at the first use; throws with the names of what is missing. */
export const env = (): Environment => {
  cached ??= read(process.env)
  return cached
}

/** Apart from the rest: logging must work before, and without, a complete environment. */
export const logLevel = (): string =>
  z.enum(['debug', 'info', 'warn', 'error', 'silent']).catch('info').parse(process.env.LOG_LEVEL)
