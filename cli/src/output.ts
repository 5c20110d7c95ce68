import { stripVTControlCharacters, styleText } from 'node:util'
import { type Formats, formatsOf, localeFrom, plain, UNKNOWN } from './format.ts'
import type { Io } from './io.ts'

export type Cell = string | number | null | undefined
export interface Column<T> {
  head: string
  of: (row: T) => Cell
  align?: 'right'
  /** Takes the room that is left; cut with … where the terminal is narrower. */
  wide?: boolean
}
export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red'

export interface Output {
  format: Formats
  style(style: Style, text: string): string
  /** The result: one JSON document with --json, else what `human` says. */
  result(document: unknown, human: () => string): void
  /** A remark on stderr, for people: silent with --json. */
  note(text: string): void
  table<T>(columns: readonly Column<T>[], rows: readonly T[]): string
  /** Label and value, one pair a line; pairs whose value is undefined are left out. */
  details(pairs: readonly (readonly [label: string, value: Cell])[]): string
}

const GAP = '  '
const segmenter = new Intl.Segmenter()
const width = (text: string): number => [...segmenter.segment(stripVTControlCharacters(text))].length
const pad = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)))
const padLeft = (text: string, to: number): string => ' '.repeat(Math.max(0, to - width(text))) + text
const shown = (cell: Cell): string =>
  cell === null || cell === undefined || cell === '' ? UNKNOWN : plain(String(cell))

function cut(text: string, to: number): string {
  const letters = [...segmenter.segment(text)].map((s) => s.segment)
  return letters.length <= to ? text : `${letters.slice(0, Math.max(1, to - 1)).join('')}…`
}

/** True where a person looks at the stream and wants to be shown movement. */
export const isInteractive = (io: Pick<Io, 'env'>, stream: { isTTY?: boolean }): boolean =>
  Boolean(stream.isTTY) && !io.env.CI && io.env.TERM !== 'dumb'

export function outputOf(io: Io, json: () => boolean): Output {
  const colour = isInteractive(io, io.stdout) && !io.env.NO_COLOR
  const style = (name: Style, text: string): string =>
    colour ? styleText(name, text, { validateStream: false }) : text

  return {
    format: formatsOf(localeFrom(io.env)),
    style,
    result(document, human) {
      io.stdout.write(`${json() ? JSON.stringify(document, null, 2) : human()}\n`)
    },
    note(text) {
      if (!json()) io.stderr.write(`${text}\n`)
    },
    table(columns, rows) {
      const lines = [columns.map((c) => c.head), ...rows.map((row) => columns.map((c) => shown(c.of(row))))]
      const widths = columns.map((_, i) => Math.max(...lines.map((line) => width(line[i] ?? ''))))
      if (io.stdout.isTTY && io.stdout.columns) fit(columns, widths, io.stdout.columns)
      return lines
        .map((line, n) => (n === 0 ? style('bold', row(columns, widths, line)) : row(columns, widths, line)))
        .join('\n')
    },
    details(pairs) {
      const known = pairs.filter(([, value]) => value !== undefined)
      const label = Math.max(0, ...known.map(([name]) => width(name)))
      return known.map(([name, value]) => `${style('dim', pad(name, label))}${GAP}${shown(value)}`).join('\n')
    },
  }
}

function row<T>(columns: readonly Column<T>[], widths: readonly number[], line: readonly string[]): string {
  const cells = line.map((text, i) => {
    const to = widths[i] ?? 0
    return columns[i]?.align === 'right' ? padLeft(cut(text, to), to) : pad(cut(text, to), to)
  })
  return cells.join(GAP).trimEnd()
}

/** Narrows the wide columns until the table fits the terminal, but never below what a word needs. */
function fit<T>(columns: readonly Column<T>[], widths: number[], room: number): void {
  const least = 12
  let over = widths.reduce((sum, w) => sum + w, 0) + GAP.length * (widths.length - 1) - room
  while (over > 0) {
    const widest = columns.reduce((best, c, i) => (c.wide && (widths[i] ?? 0) > (widths[best] ?? least) ? i : best), -1)
    if (widest < 0) return
    widths[widest] = (widths[widest] ?? 0) - 1
    over--
  }
}
