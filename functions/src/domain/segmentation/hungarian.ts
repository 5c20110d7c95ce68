/**
 * The assignment of rows to columns with the least total cost (Kuhn–Munkres with potentials, O(n³)). `costs` is rectangular; rows or
 * columns that are left over get no partner: -1.
 */
export function assign(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length
  const columns = Math.max(0, ...costs.map((row) => row.length))
  const n = Math.max(rows, columns)
  const cost = (row: number, column: number): number => costs[row - 1]?.[column - 1] ?? 0
  const rowPotential = new Float64Array(n + 1)
  const columnPotential = new Float64Array(n + 1)
  const rowOf = new Int32Array(n + 1)

  for (let row = 1; row <= n; row++) {
    const slack = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
    const cameFrom = new Int32Array(n + 1)
    const used = new Uint8Array(n + 1)
    rowOf[0] = row
    let column = 0
    while (at(rowOf, column) !== 0) {
      used[column] = 1
      const current = at(rowOf, column)
      let least = Number.POSITIVE_INFINITY
      let next = 0
      for (let j = 1; j <= n; j++) {
        if (used[j]) continue
        const reduced = cost(current, j) - at(rowPotential, current) - at(columnPotential, j)
        if (reduced < at(slack, j)) {
          slack[j] = reduced
          cameFrom[j] = column
        }
        if (at(slack, j) < least) {
          least = at(slack, j)
          next = j
        }
      }
      for (let j = 0; j <= n; j++) {
        if (used[j]) {
          rowPotential[at(rowOf, j)] = at(rowPotential, at(rowOf, j)) + least
          columnPotential[j] = at(columnPotential, j) - least
        } else slack[j] = at(slack, j) - least
      }
      column = next
    }
    while (column !== 0) {
      const previous = at(cameFrom, column)
      rowOf[column] = at(rowOf, previous)
      column = previous
    }
  }

  const partner = new Array<number>(rows).fill(-1)
  for (let column = 1; column <= columns; column++) {
    const row = at(rowOf, column) - 1
    if (row >= 0 && row < rows) partner[row] = column - 1
  }
  return partner
}

/** Indices never leave the array. */
const at = (array: Float64Array | Int32Array, index: number): number => array[index] ?? 0
