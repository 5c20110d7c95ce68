/** The accounts that exist from the start; the demo and the tests connect to them by these constants. */
export interface KnownAccount {
  /** With the prefix act_. */
  id: string
  name: string
  currency: string
  timezone: string
  token: string
  pageId: string
  pixelId: string
  businessId: string
}

const account = (
  n: number,
  business: number,
  name: string,
  currency: string,
  timezone: string,
  token: string,
): KnownAccount => ({
  id: `act_100000000000000${n}`,
  name,
  currency,
  timezone,
  token,
  pageId: `20000000000000${n}`,
  pixelId: `300000000000000${n}`,
  businessId: `400000000000000${business}`,
})

/** USD, Bogotá: the demo organisation's account. */
export const ANDES_ACCOUNT = account(1, 1, 'Talento Andes', 'USD', 'America/Bogota', 'EAAsandboxAndesSystemUser01')
/** EUR, Madrid: the second organisation's, in a business of its own. */
export const IBERIA_ACCOUNT = account(2, 2, 'Talento Iberia', 'EUR', 'Europe/Madrid', 'EAAsandboxIberiaSystemUser02')
/** COP, Bogotá: a currency without minor units on this platform; same business and token as the first. */
export const ANDES_COP_ACCOUNT = account(3, 1, 'Talento Andes COP', 'COP', 'America/Bogota', ANDES_ACCOUNT.token)

export const KNOWN_ACCOUNTS: readonly KnownAccount[] = [ANDES_ACCOUNT, IBERIA_ACCOUNT, ANDES_COP_ACCOUNT]

/** A Gemini key for tests; the sandbox accepts every key that looks like one and answers API_KEY_INVALID to the rest. */
export const GEMINI_KEY = 'AIzaSandboxGeminiKey00000000000000000001'
