/** A round top at or above the greatest value, and the lines to draw below it. */
export function niceScale(greatest: number): { top: number; lines: number[] } {
  if (greatest <= 0) return { top: 1, lines: [0, 1] }
  const rough = greatest / 3
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const count = Math.ceil(greatest / step)
  return { top: step * count, lines: Array.from({ length: count + 1 }, (_, i) => i * step) }
}

/** Which labels fit below `n` bars: the first of every `every`, counted from the last, so that the newest day is always named. */
export function labelled(n: number, most: number): (index: number) => boolean {
  const every = Math.max(1, Math.ceil(n / Math.max(1, most)))
  return (index) => (n - 1 - index) % every === 0
}
