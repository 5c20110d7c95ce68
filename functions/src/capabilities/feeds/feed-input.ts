import { z } from 'zod'
import { FeedFormat } from '#domain/feed.ts'

const Name = z.string().trim().min(1).max(120)
const Url = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .nullish()
  .meta({ description: 'Where to pull; leave it out for a feed that is pushed to' })
const EveryMinutes = z.int().min(5).max(10_080)
const WebhookSecret = z.string().trim().min(16).max(500).regex(/^\S+$/, 'one word')

export const FeedInput = z
  .strictObject({
    name: Name,
    format: FeedFormat,
    url: Url,
    everyMinutes: EveryMinutes.default(60),
    webhookSecret: WebhookSecret.optional().meta({
      description: 'What the vendor signs its webhooks with; one is made where it is left out',
    }),
  })
  .meta({ id: 'FeedInput' })
export type FeedInput = z.infer<typeof FeedInput>

export const FeedPatch = z
  .strictObject({
    name: Name.optional(),
    url: Url,
    everyMinutes: EveryMinutes.optional(),
    webhookSecret: WebhookSecret.optional().meta({ description: 'The one before stays in force beside it' }),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), 'nothing to change')
  .meta({ id: 'FeedPatch' })
export type FeedPatch = z.infer<typeof FeedPatch>
