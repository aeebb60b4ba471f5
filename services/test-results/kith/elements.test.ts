import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { elementTable } from './element-table.ts'

test('every element of the schemas of Svarrapport 1.3 and 1.4 goes where the page says, and none is lost', () => {
  const rows = elementTable(makeIdentityNumber({ birthDate: '1950-05-17', series: 1 }))
  const lost = rows.filter(({ place }) => place === undefined).map(({ path }) => path)
  assert.deepEqual(lost, [])
  const page = readFileSync(new URL('../../../docs/services/svarrapport-elements.md', import.meta.url), 'utf8')
  const lines = page.split('\n').filter((line) => line.startsWith('| `'))
  assert.deepEqual(
    lines,
    rows.map(({ path, place }) => `| \`${path}\` | ${place} |`),
  )
})
