import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Id } from '#domain/ids.ts'

const Target = z.tuple([Id, Id, z.string().max(20), Id])
const Visit = z.tuple([Id, Id, z.string().max(20), Id, Id])

/** What an ad's link stands for. */
export interface ClickTarget {
  org: string
  campaignId: string
  platform: string
  jobId: string
}

/** One redirect, as the apply page hands it back with the application. */
export interface ClickVisit extends ClickTarget {
  clickId: string
}

const sign = (body: string, secret: string): string =>
  createHmac('sha256', secret).update(body).digest().subarray(0, 16).toString('base64url')

/** "<base64url of the target>.<128-bit HMAC>": short enough for an ad's link, and of no use for any other address. */
export function signClick({ org, campaignId, platform, jobId }: ClickTarget, secret: string): string {
  const body = Buffer.from(JSON.stringify([org, campaignId, platform, jobId])).toString('base64url')
  return `${body}.${sign(body, secret)}`
}

/** The target as the token names it, before its signature is checked: tells whose secret to fetch. Undefined for anything else. */
export function readClick(token: string): ClickTarget | undefined {
  try {
    const [body = ''] = token.split('.')
    const [org, campaignId, platform, jobId] = Target.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
    return { org, campaignId, platform, jobId }
  } catch {
    return undefined
  }
}

/** The token of one redirect; five parts, so that no link passes for it. */
export function signVisit({ org, campaignId, platform, jobId, clickId }: ClickVisit, secret: string): string {
  const body = Buffer.from(JSON.stringify([org, campaignId, platform, jobId, clickId])).toString('base64url')
  return `${body}.${sign(body, secret)}`
}

/** As readClick, for the token of one redirect. */
export function readVisit(token: string): ClickVisit | undefined {
  try {
    const parts = Visit.parse(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()))
    const [org, campaignId, platform, jobId, clickId] = parts
    return { org, campaignId, platform, jobId, clickId }
  } catch {
    return undefined
  }
}

/** Of a link or of a redirect. */
export function verifyClick(token: string, secret: string): boolean {
  const [body = '', signature = ''] = token.split('.')
  const expected = Buffer.from(sign(body, secret))
  const given = Buffer.from(signature)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** Name of the organisation's click secret in Secret Manager. */
export const clickSecretName = (org: string): string => `clicks-${org}`
