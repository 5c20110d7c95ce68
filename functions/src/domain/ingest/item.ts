import type { Mapped } from './mapped.ts'

/** One record of an input on its way in: what it became, and how to name it to its sender. */
export interface IntakeItem {
  /** Place in the input, from 0. */
  index: number
  /** JSON pointer or line. */
  at: string
  mapped: Mapped
  /** SHA-256 (hex) of the raw record. */
  rawHash: string
  /** Records of the input that are this one again (one per place, or listed twice); counted as merged. */
  merged: number
  /** About what a commit of it weighs. */
  bytes: number
}
