/** The known word that a mistyped one is most like, for the question "Did you mean …?". */

/** Undefined when none is near: at most a third of the letters may differ. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const ranked = known.map((word) => ({ word, steps: distance(given, word) })).sort((a, b) => a.steps - b.steps)
  const [best] = ranked
  return best && best.steps <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : undefined
}

/** Letters to add, remove, replace, or change places with their neighbour. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= from.length; row++) {
    rows[row] = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const steps = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (same ? 0 : 1))
      rows[row]?.push(swapped ? Math.min(steps, at(row - 2, column - 2) + 1) : steps)
    }
  }
  return at(from.length, to.length)
}
