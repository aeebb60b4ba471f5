import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf } from './csv.ts'

test('cells are separated by semicolons, quoted where they must be, and never a formula', () => {
  const rows = [
    ['Dag', 'Grunn', 'Forespørsler'],
    ['15. januar 2026', 'Sa "nei"; ikke ja', '1 204'],
    ['=HYPERLINK("x")', '@sum', '-3,5'],
    ['–', '+47 55 56 00 00', ''],
  ]
  assert.equal(
    csvOf(rows),
    '\uFEFFDag;Grunn;Forespørsler\r\n15. januar 2026;"Sa ""nei""; ikke ja";1 204\r\n' +
      '"\'=HYPERLINK(""x"")";\'@sum;-3,5\r\n–;\'+47 55 56 00 00;\r\n',
  )
})
