/** Deterministic randomness: every draw is a pure function of its keys, so that results depend on no order of calls. */

/** A well mixed 32-bit hash of a text (FNV-1a, then an avalanche). */
export function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return avalanche(h)
}

/** Mixes two integers into 32 well mixed bits. */
export const mix = (a: number, b: number): number => avalanche(Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ (b + 0x7f4a7c15))

/** Uniform in [0, 1) from two or three integer keys. */
export const uniform = (a: number, b: number, c = 0): number => mix(mix(a, b), c) / 0x1_0000_0000

/** Uniform in [low, high). */
export const between = (low: number, high: number, u: number): number => low + (high - low) * u

/** Standard normal from integer keys (Box-Muller). */
export function normal(a: number, b: number, c = 0): number {
  const u = Math.max(uniform(a, b, c), 1e-12)
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * uniform(a, b, c ^ 0x5bd1e995))
}

function avalanche(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
