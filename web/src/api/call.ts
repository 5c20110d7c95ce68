import type { ApiRequest } from './request.ts'

/** The API as an action sees it. */
export type Call = <T>(request: ApiRequest) => Promise<T>
