import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Service = z.object({ serviceId: z.string(), region: z.string().optional() })
const Rewrite = z.union([
  z.strictObject({ source: z.string(), destination: z.string() }),
  z.strictObject({ source: z.string(), run: Service }),
])
const HeaderRule = z.object({ source: z.string(), headers: z.array(z.object({ key: z.string(), value: z.string() })) })
const Hosting = z.object({
  public: z.string(),
  rewrites: z.array(Rewrite),
  cleanUrls: z.boolean().optional(),
  trailingSlash: z.boolean().optional(),
  headers: z.array(HeaderRule),
})
export type Hosting = z.infer<typeof Hosting>

/** The hosting part of firebase.json. */
export const hostingConfig = (file: URL): Hosting =>
  z.object({ hosting: Hosting }).parse(JSON.parse(readFileSync(file, 'utf8'))).hosting

/** The same headers, but that a page may also talk to these origins; nothing else of the policy is loosened. */
export function allowConnections(hosting: Hosting, origins: string[]): Hosting {
  const extended = (policy: string) => policy.replace(/connect-src [^;]*/, (found) => [found, ...origins].join(' '))
  return {
    ...hosting,
    headers: hosting.headers.map((rule) => ({
      ...rule,
      headers: rule.headers.map(({ key, value }) => ({
        key,
        value: key.toLowerCase() === 'content-security-policy' ? extended(value) : value,
      })),
    })),
  }
}
