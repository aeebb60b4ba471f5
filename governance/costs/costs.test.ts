/** Checks of the costs: every sum again, exactly three figures that do not reconcile, and growth apart from financing. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { linesOf } from '../pack/lines.ts'
import type { CostTable } from '../pack/pack.ts'
import { readPack } from '../pack/read-pack.ts'
import { reconciles, sumOf } from './reckon.ts'
import { categories, charged2022, financingShift, growth, levels, reckonAll, volume } from './statements.ts'

const national = process.env['HELSEVEV_SEED_PACK']
const skip = national === undefined && 'HELSEVEV_SEED_PACK names no file'

/** The table of the memo, by hand. */
const table: CostTable = {
  title: 'Nasjonale e-helseløsninger og Helsenettet 2021 – 2024',
  columns: ['2021**', 'Forskrift 2022', 'Forskrift 2023', 'Estimat 2024*'],
  line: 673,
  rows: [
    { name: 'Helsenorge', kind: 'part', amounts: [217, 264, 312, 330], line: 674 },
    { name: 'Kjernejournal', kind: 'part', amounts: [89, 108, 116, 142], line: 675 },
    { name: 'E-resept', kind: 'part', amounts: [122, 125, 133, 200], line: 676 },
    { name: 'Grunndata og HelseID', kind: 'part', amounts: [98, 70, 82, 113], line: 677 },
    { name: 'Sum', kind: 'sum', amounts: [526, 567, 643, 785], line: 724 },
    { name: 'Helsenettet', kind: 'part', amounts: [240, 246, 263, 292], line: 725 },
    { name: 'Sum', kind: 'sum', amounts: [766, 813, 907, 1077], line: 726 },
  ],
}

test('every sum is computed again, and exactly three figures do not reconcile', () => {
  const all = reckonAll(table)
  assert.equal(all.length, 11)
  assert.deepEqual(
    all.filter((one) => !reconciles(one)),
    [
      { line: 726, name: 'Sum', column: 'Forskrift 2023', stated: 907, computed: 906, from: '643 + 263' },
      { line: 675, name: 'Kjernejournal', column: 'Forskrift 2022', stated: 108, computed: 113.7, from: '89.8 + 23.9' },
      { line: 677, name: 'Grunndata og HelseID', column: 'Forskrift 2022', stated: 70, computed: 75.4, from: '70.8 − 0.7 + 5.3' },
    ],
  )
})

for (const [stated, computed, expected] of [
  [125, 125.2, true],
  [70, 70.5, true],
  [70, 70.6, false],
  [907, 906, false],
  [906, 906, true],
] as const)
  test(`${stated} stated and ${computed} computed ${expected ? 'reconcile' : 'do not reconcile'}`, () => {
    assert.equal(reconciles({ stated, computed }), expected)
  })

test('growth is 170 of its parts, as the table has it, and the shift of financing of 37 is in none of them', () => {
  const parts = growth.parts.map(({ amount }) => amount)
  assert.equal(sumOf(parts, growth.stated.amount).computed, 170)
  assert.equal(growth.stated.amount, (table.rows.at(-1)?.amounts[3] ?? 0) - (table.rows.at(-1)?.amounts[2] ?? 0))
  assert.equal(financingShift.amount, 37)
  assert.ok(!growth.parts.some(({ amount }) => Number(amount) === financingShift.amount))
  const use = growth.parts.find(({ about }) => about === 'more use')?.amount ?? 0
  assert.deepEqual(
    sumOf(
      volume.map(({ amount }) => amount),
      use,
    ),
    { stated: 31, computed: 31, from: '15 + 8 + 8' },
  )
})

test('each statement stands on its line of the pack, and the table is the one of the pack', { skip }, () => {
  const text = readFileSync(national ?? '', 'utf8')
  assert.deepEqual(readPack(text).costs, [table])
  const lines = linesOf(text)
  const onLine = (line: number, words: string) =>
    assert.ok(`${lines[line - 1]?.text} ${lines[line]?.text}`.includes(words), `${words} does not stand on line ${line}`)
  const amounts = [...charged2022.flatMap(({ terms }) => terms), growth.stated, ...growth.parts, ...volume, financingShift]
  for (const { amount, line } of amounts) onLine(line, String(Math.abs(amount)).replace('.', ','))
  for (const { name, line } of [...categories, ...levels.names, ...levels.supplierDecides, ...levels.mayBeDiscussed]) onLine(line, name)
})
