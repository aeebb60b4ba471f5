/** Aligned columns of plain text. */
import { stripVTControlCharacters } from 'node:util'

const GAP = '  '

/** Columns as wide as their widest cell, the first row as heading. Cells may have several lines; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.split('\n').map(stripVTControlCharacters)))
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...cells.flatMap((row) => (row[column] ?? []).map((line) => line.length))))
  const lines = cells.map((row) => lineUp(row, widths))
  const [heading, ...rest] = lines
  return [heading, widths.map((width) => '-'.repeat(width)).join(GAP), ...rest].map((line) => `${line}\n`).join('')
}

function lineUp(row: readonly string[][], widths: readonly number[]): string {
  const height = Math.max(1, ...row.map((cell) => cell.length))
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, column) => (row[column]?.[line] ?? '').padEnd(width))
      .join(GAP)
      .trimEnd(),
  ).join('\n')
}

/** Breaks a text at spaces so that no line is longer than `width`, unless a word is. Later lines are indented. */
export function wrapped(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(lines.length === 0 ? word : indent + word)
  }
  return lines.join('\n')
}
