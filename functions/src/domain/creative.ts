import { z } from 'zod'

/** What a person sees of the ad. Lengths are the strictest that the platforms show in full. */
export const Creative = z
  .object({
    primaryText: z.string().min(1).max(500),
    headline: z.string().min(1).max(40),
    description: z.string().max(50),
    /** SHA-256 (hex) of an uploaded image; null = no image of ours. */
    image: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    /** Where a click leads, through our tracker; https in production. */
    url: z.url({ protocol: /^https?$/ }).max(2000),
    /** Who wrote the copy. */
    copyBy: z.enum(['person', 'template', 'gemini']),
  })
  .meta({ id: 'Creative' })
export type Creative = z.infer<typeof Creative>
