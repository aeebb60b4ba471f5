/** Tables of costs: a head with years and a unit, rows of a name and one amount for each year, and rows of sums. */
import type { Line } from './lines.ts'
import type { CostTable } from './pack.ts'

/** Tables of the lines. Rows may stand apart from the head, as where a page divides the table. */
export function costTablesIn(lines: readonly Line[]): CostTable[] {
  return lines.flatMap(({ text, number: line }, at) => {
    const columns = columnsOf(text)
    if (columns.length < 2) return []
    const title = lines.slice(0, at).findLast((above) => above.text !== '')?.text ?? ''
    const table: CostTable = { title, columns, rows: [], line }
    for (const row of lines.slice(at + 1)) {
      if (columnsOf(row.text).length >= 2) break
      const read = rowOf(row.text, columns.length)
      if (read) table.rows.push({ ...read, kind: read.name === 'Sum' ? 'sum' : 'part', line: row.number })
    }
    return table.rows.length > 0 ? [table] : []
  })
}

/** `millioner kroner 2021** Forskrift 2022 Estimat 2024*`: each column ends with its year. */
function columnsOf(text: string): string[] {
  const unit = 'millioner kroner '
  if (!text.startsWith(unit)) return []
  const columns: string[] = []
  let open: string[] = []
  for (const word of text.slice(unit.length).split(' ')) {
    open.push(word)
    if (!/^(?:19|20)\d{2}\*{0,2}$/.test(word)) continue
    columns.push(open.join(' '))
    open = []
  }
  return open.length === 0 ? columns : []
}

/** A name and the amounts; `1 077` is one amount. */
function rowOf(text: string, count: number): { name: string; amounts: number[] } | undefined {
  const words = text.split(' ')
  const numbers: string[] = []
  while (/^\d{1,3}$/.test(words.at(-1) ?? '')) numbers.unshift(words.pop() ?? '')
  const name = words.join(' ')
  while (numbers.length > count) {
    const at = numbers.findIndex((number, index) => number.length < 3 && numbers[index + 1]?.length === 3)
    if (at < 0) return undefined
    numbers.splice(at, 2, `${numbers[at]}${numbers[at + 1]}`)
  }
  return /^\p{L}/u.test(name) && numbers.length === count ? { name, amounts: numbers.map(Number) } : undefined
}
