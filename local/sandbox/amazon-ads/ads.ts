import { z } from 'zod'
import { INTERESTS } from '../data/interests.ts'
import type { Fields } from '../events.ts'
import { current, text } from '../world.ts'
import { invalidRow } from './errors.ts'
import { Amount, above, Id, NewState, native, type Resource, read, STATES, State } from './resource.ts'

const Audience = z.strictObject({ type: z.literal('audienceSameAs'), value: z.string() })
const NewTarget = z.strictObject({
  adGroupId: Id,
  expressionType: z.literal('manual'),
  expression: z.array(z.strictObject({ type: z.literal('audience'), value: z.array(Audience).length(1) })).length(1),
  bid: Amount.optional(),
  state: NewState,
})
const TargetChange = z.strictObject({ targetId: Id, bid: Amount.optional(), state: State.optional() })

export const target: Resource = {
  kind: 'target',
  idField: 'targetId',
  create: (world, account, raw) => {
    const given = read(NewTarget, raw)
    const group = above(world, account, 'adset', given.adGroupId)
    const interest = INTERESTS.get(given.expression[0]?.value[0]?.value ?? '')
    if (!interest || interest.restricted) throw invalidRow('expression: there is no such audience')
    return {
      name: interest.name,
      adset_id: group.id,
      audience: interest.id,
      status: STATES[given.state],
      amazon: { ...given, campaignId: text(current(group).campaign_id) } as Fields,
    }
  },
  change: (_world, _account, thing, raw) => {
    const { targetId: _id, ...given } = read(TargetChange, raw)
    const next = { ...native(thing), ...given } as Fields
    return { status: STATES[State.parse(next.state)], amazon: next }
  },
}

/** Asset ids come from the Creative Asset Library, which the sandbox does not imitate: any id that looks like one is taken. */
const Asset = z.strictObject({
  assetId: z.string().regex(/^amzn1\.assetlibrary\./),
  assetVersion: z.string().optional(),
})
const Properties = z.strictObject({
  headline: z.string().trim().min(1).max(50),
  brandLogo: Asset.optional(),
  rectCustomImage: Asset.optional(),
})
const NewCreative = z.strictObject({ adGroupId: Id, creativeType: z.literal('IMAGE'), properties: Properties })
const CreativeChange = z.strictObject({
  creativeId: Id,
  creativeType: z.literal('IMAGE').optional(),
  properties: Properties,
})

const storyOf = (properties: z.infer<typeof Properties>): Fields => ({
  name: properties.headline,
  object_story_spec: {
    link_data: {
      name: properties.headline,
      ...(properties.rectCustomImage && { image_hash: properties.rectCustomImage.assetId }),
    },
  },
})

export const creative: Resource = {
  kind: 'creative',
  idField: 'creativeId',
  create: (world, account, raw) => {
    const given = read(NewCreative, raw)
    const group = above(world, account, 'adset', given.adGroupId)
    return { ...storyOf(given.properties), adset_id: group.id, amazon: given as unknown as Fields }
  },
  change: (_world, _account, thing, raw) => {
    const { creativeId: _id, ...given } = read(CreativeChange, raw)
    return { ...storyOf(given.properties), amazon: { ...native(thing), ...given } as unknown as Fields }
  },
}

const NewAd = z.strictObject({
  campaignId: Id,
  adGroupId: Id,
  landingPageType: z.literal('OFF_AMAZON_LINK', 'must be OFF_AMAZON_LINK: the sandbox imitates no products'),
  landingPageURL: z.url({ protocol: /^https?$/ }).max(1000),
  state: NewState,
})
const AdChange = z.strictObject({ adId: Id, state: State.optional() })

export const productAd: Resource = {
  kind: 'ad',
  idField: 'adId',
  create: (world, account, raw) => {
    const given = read(NewAd, raw)
    const group = above(world, account, 'adset', given.adGroupId)
    if (text(current(group).campaign_id) !== given.campaignId)
      throw invalidRow(`adGroupId: ${group.id} belongs to another campaign`)
    const { protocol, hostname } = new URL(given.landingPageURL)
    const here = ['localhost', '127.0.0.1'].includes(hostname)
    if ((protocol !== 'https:' || here) && !(here && world.settings.localLinks))
      throw invalidRow('landingPageURL: must be a public https address')
    return {
      name: 'ad',
      campaign_id: given.campaignId,
      adset_id: group.id,
      status: STATES[given.state],
      amazon: given as unknown as Fields,
    }
  },
  change: (_world, _account, thing, raw) => {
    const { adId: _id, ...given } = read(AdChange, raw)
    const next = { ...native(thing), ...given } as Fields
    return { status: STATES[State.parse(next.state)], amazon: next }
  },
}
