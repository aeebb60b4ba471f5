import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { flags } from './rules.ts'
import { reportStatuses, resultStatuses } from './status.ts'

const page = readFileSync(new URL('../../../docs/services/test-results.md', import.meta.url), 'utf8')
/** Rows of the first table under a heading, without the heading row. */
const rowsUnder = (heading: string): string[][] => {
  const lines = page.slice(page.indexOf(`\n${heading}\n`)).split('\n')
  const start = lines.findIndex((line) => /^\|[-|]+\|$/.test(line))
  const rows = lines.slice(start + 1)
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

test('the page has a row for every flag, and no other', () => {
  assert.deepEqual(
    rowsUnder('## Flags').map(([code]) => code?.replaceAll('`', '')),
    Object.keys(flags),
  )
})

test('the page has the tables of status as the code has them', () => {
  for (const [row = '', ...cells] of rowsUnder('### Status of a report'))
    assert.deepEqual(
      cells,
      ['N', 'M', 'C', 'H', 'A'].map((column) => reportStatuses[row]?.[column]),
      row,
    )
  const rows = rowsUnder('### Status of a result').flatMap(([names = '', ...cells]) =>
    names.split(', ').map((name) => [name, cells] as const),
  )
  assert.equal(rows.length, Object.keys(resultStatuses).length)
  for (const [name, cells] of rows)
    assert.deepEqual(
      cells,
      ['N', 'M', 'H', 'A'].map((column) => resultStatuses[name === 'none' ? '' : name]?.[column]),
      name,
    )
})
