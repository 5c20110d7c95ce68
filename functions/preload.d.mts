import type { IncomingMessage, ServerResponse } from 'node:http'

/** Bytes that a function accepts as they arrive and after inflating; `parsed` when the framework needs JSON, not bytes. */
export type BodyLimits = { name: string; raw: number; inflated: number; parsed: boolean }

type Listed = { trigger: object; maxBodyBytes?: number; maxInflatedBytes?: number }

export function limitsOf(list: { functions: Record<string, Listed> }, name: string): BodyLimits
export function receiveBody(request: IncomingMessage, response: ServerResponse, limits: BodyLimits): Promise<boolean>
export function guardServers(limits: BodyLimits): void
