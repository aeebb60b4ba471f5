import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainUnit } from './plain-unit.ts'

test('spellings that mean the same unit are one, and other units stay as they are', () => {
  for (const [plain, ...written] of [
    ['10⁹/L', '10*9/L', '10E9/L', '10^9/L', 'x10^9/L', '10e9/l'],
    ['10¹²/L', '10*12/L', '10E12/L'],
    ['µmol/L', 'umol/L', 'µmol/L', 'μmol/L', 'umol/l'],
    ['g/dL', 'g/dl', 'g/dL'],
    ['mmol/mol', 'mmol/mol'],
    ['U/L', 'U/L'],
    ['10*9x', '10*9x'],
    ['', ''],
  ] as const)
    for (const unit of written) assert.equal(plainUnit(unit), plain, unit)
})
