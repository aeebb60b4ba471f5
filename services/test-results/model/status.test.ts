import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { codeNamed, type DecisiveList } from './decisive-codes.ts'
import { reportStatus, resultStatus, standingOf } from './status.ts'

/** As published by Norsk helsenett for Pasientens prøvesvar (NILAR 1.5): 7306 down, 7309 across. */
const REPORT = `
  N            M        C         H        A
S registered   amended  cancelled unknown  unknown
P preliminary  amended  cancelled unknown  unknown
F final        amended  cancelled unknown  unknown
A unknown      appended cancelled unknown  unknown`

/** 8245 down, 8270 across; `-` is a result without status. */
const RESULT = `
   N           M          H           A
-  final       amended    final       final
3  final       amended    final       final
4  final       amended    final       final
1  unknown     amended    amended     unknown
2  preliminary amended    preliminary preliminary
5  registered  unknown    unknown     registered
6  registered  registered unknown     registered
7  registered  registered unknown     registered
8  preliminary unknown    unknown     preliminary
9  preliminary unknown    unknown     preliminary
10 preliminary unknown    unknown     preliminary
11 final       amended    unknown     final
13 final       amended    unknown     final
12 unknown     amended    unknown     preliminary
14 unknown     unknown    unknown     unknown
15 registered  registered final       registered`

function cells(table: string): { row: string; column: string; expected: string }[] {
  const [columns = '', ...rows] = table.trim().split('\n')
  const names = columns.trim().split(/\s+/)
  return rows.flatMap((line) => {
    const [row = '', ...values] = line.trim().split(/\s+/)
    return values.map((expected, index) => ({ row, column: names[index] ?? '', expected }))
  })
}

test('the status of a report follows the published table, cell by cell', () => {
  const all = cells(REPORT)
  assert.equal(all.length, 20)
  for (const { row, column, expected } of all) assert.equal(reportStatus(row, column), expected, `${row} × ${column}`)
})

test('the status of a result follows the published table, cell by cell', () => {
  const all = cells(RESULT)
  assert.equal(all.length, 64)
  for (const { row, column, expected } of all)
    assert.equal(resultStatus(row === '-' ? undefined : row, column), expected, `${row} × ${column}`)
})

test('a cancelled result is cancelled in every row, and what the tables lack is unknown', () => {
  for (const row of ['', '1', '3', '14', '99']) assert.equal(resultStatus(row, 'C'), 'cancelled')
  for (const [row, column] of [
    ['3', undefined],
    ['16', 'N'],
    ['3', 'X'],
    ['constructor', 'N'],
  ] as const)
    assert.equal(resultStatus(row, column), 'unknown')
  for (const [row, column] of [
    [undefined, 'N'],
    ['F', undefined],
    ['toString', 'N'],
  ] as const)
    assert.equal(reportStatus(row, column), 'unknown')
})

test('of versions made at the same time the later in the life of a report stands', () => {
  const order = ['registered', 'preliminary', 'final', 'amended', 'cancelled'] as const
  assert.deepEqual(
    [...order].sort((a, b) => standingOf(a) - standingOf(b)),
    order,
  )
})

test('codes that decide the meaning have the names of their lists', () => {
  const listed = readFileSync(new URL('../../../kernel/codes/data/codes.csv', import.meta.url), 'utf8').matchAll(
    /^urn:oid:2\.16\.578\.1\.12\.4\.1\.1\.(7306|7309|8202|8244|8245|8270),([^,]+),(.+)$/gm,
  )
  let compared = 0
  for (const [, list, code, name = ''] of listed) {
    compared += 1
    assert.equal(codeNamed(Number(list) as DecisiveList, name), code, `${list} ${name}`)
  }
  assert.equal(compared, 4 + 5 + 13 + 3 + 15 + 5)
})
