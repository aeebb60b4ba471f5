import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '@medplum/fhirtypes'
import { isFinished, isWithdrawn, statedStatuses } from './statuses.ts'

// biome-ignore format: a table, one row to a line
const rows: [status: Observation['status'], stated: boolean, finished: boolean, withdrawn: boolean][] = [
  ['registered',       false, false, false],
  ['preliminary',      true,  false, false],
  ['final',            true,  true,  false],
  ['amended',          true,  true,  false],
  ['corrected',        true,  true,  false],
  ['cancelled',        false, false, true],
  ['entered-in-error', false, false, true],
  ['unknown',          false, false, false],
]
for (const [status, stated, finished, withdrawn] of rows) {
  test(`${status}: ${stated ? '' : 'not '}stated, ${finished ? '' : 'not '}finished, ${withdrawn ? '' : 'not '}withdrawn`, () => {
    assert.deepEqual(
      [statedStatuses.some((one) => one === status), isFinished({ status }), isWithdrawn({ status })],
      [stated, finished, withdrawn],
    )
  })
}
