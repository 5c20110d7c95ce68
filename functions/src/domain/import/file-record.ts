/** One record of a file, or why that record alone cannot be read. */
export interface FileRecord {
  /** From 0. */
  index: number
  /** "line 12", or a JSON pointer. */
  at: string
  content: { fields: Readonly<Record<string, unknown>> } | { problem: string; remedy: string }
}
