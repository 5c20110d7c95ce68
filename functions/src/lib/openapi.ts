import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DomainError } from '#domain/errors.ts'

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    remedy: z.string().optional(),
    problems: z.array(z.object({ at: z.string(), message: z.string(), remedy: z.string().optional() })).optional(),
    correlationId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' })

/** A response that carries JSON. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  content: { 'application/json': { schema } },
  description,
})

export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  body: { content: { 'application/json': { schema } }, required: true },
})

/** What every route may answer besides its success. */
export const problems = {
  default: {
    content: { 'application/problem+json': { schema: Problem } },
    description: 'What went wrong and what to do',
  },
}

export const IdParam = z.object({
  id: z.string().min(1).max(128).meta({ description: 'An id, or a ref such as JOB-0001', example: 'JOB-0001' }),
})

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
})

export const pageOf = <S extends z.ZodType>(schema: S) =>
  z.object({ items: z.array(schema), next: z.string().nullable() })

/** Strong validator of an entity's version (RFC 9110). */
export const etag = (version: number): string => `"${version}"`

/** Throws `conflict` where the caller saw another version than the stored one. */
export function demandMatch(c: Context, version: number): void {
  const expected = c.req.header('if-match')
  if (expected && expected !== '*' && expected !== etag(version))
    throw new DomainError('conflict', `It is at version ${version}, not ${expected}`, { remedy: 'Read it again.' })
}
