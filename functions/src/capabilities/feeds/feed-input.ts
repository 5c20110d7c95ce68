import { z } from 'zod'
import { FeedFormat } from '#domain/feed.ts'

export const FeedInput = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    format: FeedFormat,
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullish()
      .meta({ description: 'Where to pull; leave it out for a feed that is pushed to' }),
    everyMinutes: z.int().min(5).max(10_080).default(60),
    webhookSecret: z.string().trim().min(16).max(500).optional().meta({
      description: 'What the vendor signs its webhooks with; one is made where it is left out',
    }),
  })
  .meta({ id: 'FeedInput' })
export type FeedInput = z.infer<typeof FeedInput>
